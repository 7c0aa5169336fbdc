package io.tailrace.cli.demo;

/**
 * How many of some requests a version got, beside what its weight makes one expect.
 *
 * @param hits requests that it got
 * @param requests all of them
 * @param probability of each to be its own, 0 to 1
 */
record Share(long hits, long requests, double probability) {
    /**
     * Seven standard deviations of the binomial distribution: a right split fails this once in 10^11 times (its normal
     * approximation's two tails).
     */
    private static final double DEVIATIONS = 7;

    boolean isRight() {
        double expected = requests * probability;
        double deviation = Math.sqrt(requests * probability * (1 - probability));
        return Math.abs(hits - expected) <= DEVIATIONS * deviation;
    }

    @Override
    public String toString() {
        return "%d of %d (%.1f %%)".formatted(hits, requests, 100.0 * hits / requests);
    }
}
