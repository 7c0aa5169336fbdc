package io.tailrace.gateway.server;

/**
 * How much a crowd that connects may take at once.
 *
 * @param maxBytes of first answers that a worker has written and that its clients haven't taken; above it further streams wait
 * @param stallMs a client that takes none of its answer for so long keeps others waiting no more; at least 1
 */
public record FirstAnswerLimits(long maxBytes, long stallMs) {
    /** A hundred answers of a third of a megabyte; whoever reads has taken a part of one within a second. */
    public static final FirstAnswerLimits DEFAULT = new FirstAnswerLimits(32 << 20, 1_000);

    public FirstAnswerLimits {
        if (maxBytes < 1 || stallMs < 1) {
            throw new IllegalArgumentException(
                    "maxBytes is %d and stallMs %d; at least 1 of each is needed".formatted(maxBytes, stallMs));
        }
    }
}
