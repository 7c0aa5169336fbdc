package io.tailrace.translator.core;

import com.google.protobuf.Duration;
import io.tailrace.schemas.check.Durations;

/** Gateway API's durations as Envoy takes them. */
public final class ProtoDurations {
    private ProtoDurations() {}

    /** Of "1m30s", say. */
    public static Duration of(String text) {
        java.time.Duration duration = Durations.parse(text);
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }
}
