package io.tailrace.gateway.server;

/**
 * How much of a crowd's first answers is under way at once: see {@link FirstAnswers}.
 *
 * @param maxBytes that a worker has written and that its clients haven't taken; while there are so many, further streams wait.
 *     At least 1: then it is one answer at a time
 * @param stallMs when nobody has taken anything for so long, those that wait go on; at least 1
 */
public record FirstAnswerLimits(long maxBytes, long stallMs) {
    /** A hundred answers of a third of a megabyte. */
    public static final FirstAnswerLimits DEFAULT = new FirstAnswerLimits(32 << 20, 1_000);

    public FirstAnswerLimits {
        if (maxBytes < 1 || stallMs < 1) {
            throw new IllegalArgumentException(
                    "maxBytes is %d and stallMs %d; at least 1 of each is needed".formatted(maxBytes, stallMs));
        }
    }
}
