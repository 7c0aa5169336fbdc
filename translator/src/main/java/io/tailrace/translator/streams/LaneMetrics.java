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
    private final Counter failures;

    LaneMetrics(String lane, MeterRegistry registry) {
        translation = Timer.builder("tailrace.translator.translation.seconds")
                .description("Time to decide what an event leads to, or all events at a start")
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
        failures = Counter.builder("tailrace.translator.failures")
                .description("Times that something could not be translated and kept what it had")
                .tag("lane", lane)
                .register(registry);
    }

    <T> T timed(Supplier<T> work) {
        return translation.record(work);
    }

    void deadLetter() {
        deadLetters.increment();
    }

    void failure() {
        failures.increment();
    }

    void written() {
        records.increment();
    }
}
