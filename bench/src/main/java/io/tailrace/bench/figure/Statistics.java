package io.tailrace.bench.figure;

import java.util.Collection;

/** Of samples in any order. */
public final class Statistics {
    private Statistics() {}

    /** The middle one, or the mean of the two in the middle. */
    public static double median(Collection<? extends Number> samples) {
        double[] sorted = sorted(samples);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The least sample that a share of all is not above (nearest rank). */
    public static double percentile(Collection<? extends Number> samples, double share) {
        double[] sorted = sorted(samples);
        return sorted[(int) Math.max(0, Math.ceil(share * sorted.length) - 1)];
    }

    private static double[] sorted(Collection<? extends Number> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples");
        }
        return samples.stream().mapToDouble(Number::doubleValue).sorted().toArray();
    }
}
