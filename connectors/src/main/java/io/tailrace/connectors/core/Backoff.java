package io.tailrace.connectors.core;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, up to a limit. Of one thread. */
public final class Backoff {
    private final Duration first;
    private final Duration last;
    private Duration next;

    public Backoff(Duration first, Duration last) {
        this.first = first;
        this.last = last;
        this.next = first;
    }

    public Duration next() {
        Duration now = next;
        Duration twice = now.multipliedBy(2);
        next = twice.compareTo(last) < 0 ? twice : last;
        return now;
    }

    /** It worked: the next failure is a first one. */
    public void reset() {
        next = first;
    }
}
