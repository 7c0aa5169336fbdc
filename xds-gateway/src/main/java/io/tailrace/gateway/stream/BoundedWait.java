package io.tailrace.gateway.stream;

/** Something that is waited for, but not longer than a limit. Moments and the limit are in milliseconds. */
final class BoundedWait {
    private static final long NEVER = -1;

    private final long limitMs;
    private long sinceMs = NEVER;

    BoundedWait(long limitMs) {
        this.limitMs = limitMs;
    }

    /** It isn't waited for. */
    void end() {
        sinceMs = NEVER;
    }

    /** It is still waited for; whether the limit has passed, which ends the wait. */
    boolean isTooLong(long nowMs) {
        if (sinceMs == NEVER) {
            sinceMs = nowMs;
        }
        if (nowMs - sinceMs < limitMs) {
            return false;
        }
        end();
        return true;
    }

    /** When the limit passes; Long.MAX_VALUE: nothing is waited for. */
    long nextMs() {
        return sinceMs == NEVER ? Long.MAX_VALUE : sinceMs + limitMs;
    }
}
