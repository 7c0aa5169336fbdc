package io.tailrace.bench.workload;

import java.util.stream.IntStream;

/**
 * What each stream asks for, by name.
 *
 * @param names so many
 * @param spread each stream asks for others, so that every name has as many subscribers; false: all ask for the first names
 */
public record Asking(int names, boolean spread) {
    /** Has no divisor in common with a number of names that is a round one: a stream's names are all different. */
    private static final int STRIDE = 37;

    /** Ascending. */
    int[] of(int stream, int all) {
        return spread
                ? IntStream.range(0, names)
                        .map(i -> (stream + i * STRIDE) % all)
                        .sorted()
                        .toArray()
                : IntStream.range(0, names).toArray();
    }
}
