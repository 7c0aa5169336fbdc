package io.tailrace.translator.streams;

/**
 * When the position of a task may go on alone, by a bare marker: a few times at once, since somebody may be waiting for each,
 * and once a second under a flood of events that change nothing, so that it stays cheap. Belongs to the stream thread.
 */
final class BareMarkerPace {
    static final int AT_ONCE = 10;

    private static final long PAUSE_MS = 1_000;

    // Each marker moves it on by a pause; it may be so far ahead of the clock as AT_ONCE of them take it.
    private long paidUntilMs = Long.MIN_VALUE;

    /** Whether one may be written now, and then it is counted as written. */
    boolean take(long nowMs) {
        // The upper bound is for a clock that was set back.
        paidUntilMs = Math.clamp(paidUntilMs, nowMs, nowMs + AT_ONCE * PAUSE_MS);
        if (paidUntilMs - nowMs > (AT_ONCE - 1) * PAUSE_MS) {
            return false;
        }
        paidUntilMs += PAUSE_MS;
        return true;
    }
}
