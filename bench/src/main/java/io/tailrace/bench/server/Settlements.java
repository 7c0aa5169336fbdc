package io.tailrace.bench.server;

import io.tailrace.bench.process.WallClock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** When streams last came to lack nothing, as the gateway knows it. */
final class Settlements {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicLong lastMicros = new AtomicLong();

    /** From any thread. */
    void settled() {
        lastMicros.accumulateAndGet(WallClock.micros(), Math::max);
        count.incrementAndGet();
    }

    int count() {
        return count.get();
    }

    /** In microseconds since 1970. */
    long lastMicros() {
        return lastMicros.get();
    }
}
