package io.tailrace.translator.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** What a lane counts. */
final class LaneMetrics {
    private final Timer translation;
    private final Counter deadLetters;
    private final Counter records;

    LaneMetrics(String lane, MeterRegistry registry) {
        translation = Timer.builder("tailrace.translator.translation.seconds")
                .description("Time to decide what an event leads to")
                .tag("lane", lane)
                .publishPercentileHistogram()
                .register(registry);
        deadLetters = Counter.builder("tailrace.translator.dead.letters")
                .description("Events that could not be used")
                .tag("lane", lane)
                .register(registry);
        records = Counter.builder("tailrace.translator.records")
                .description("Records written to the output topics, markers left out")
                .tag("lane", lane)
                .register(registry);
    }

    <T> T timed(Supplier<T> work) {
        return translation.record(work);
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void written() {
        records.increment();
    }
}
