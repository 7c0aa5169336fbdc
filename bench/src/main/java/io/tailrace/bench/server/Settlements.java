package io.tailrace.bench.server;

import io.tailrace.bench.process.WallClock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** When streams came to lack nothing, each for the first time, as the gateway knows it. */
final class Settlements {
    private final Set<Long> streams = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastMicros = new AtomicLong();

    /** From any thread. */
    void settled(long stream) {
        if (!streams.contains(stream)) { // Counted last: whoever sees the count sees its moment too.
            lastMicros.accumulateAndGet(WallClock.micros(), Math::max);
            streams.add(stream);
        }
    }

    int count() {
        return streams.size();
    }

    /** Of the last of them, in microseconds since 1970. */
    long lastMicros() {
        return lastMicros.get();
    }
}
