package io.tailrace.bench.workload;

/**
 * What there is to be asked for.
 *
 * @param names of load assignments
 * @param hot the first so many of them change, in turn; the others are small and never do
 * @param bytes of each of these
 */
public record Content(int names, int hot, int bytes) {
    private static final int COLD_BYTES = 100;

    public Content {
        if (names < 1 || hot < 1 || hot > names) {
            throw new IllegalArgumentException("no content: " + hot + " of " + names + " names change");
        }
    }

    int bytes(int name) {
        return name < hot ? bytes : COLD_BYTES;
    }
}
