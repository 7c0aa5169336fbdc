package io.tailrace.bench.process;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock that all processes of a machine, and Kafka's records, have in common. */
public final class WallClock {
    private WallClock() {}

    /** Since 1970. */
    public static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
