package io.tailrace.connectors.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** What the inbox counts. */
final class InboxMetrics {
    private final Counter forwarded;
    private final Counter deadLetters;
    private final Counter transactions;
    private final Counter failures;
    private final AtomicLong lag = new AtomicLong();

    InboxMetrics(MeterRegistry registry) {
        forwarded = Counter.builder("tailrace.inbox.forwarded.events")
                .description("Events forwarded to the input topics")
                .register(registry);
        deadLetters = Counter.builder("tailrace.inbox.dead.letters")
                .description("Events that could not be read or were invalid")
                .register(registry);
        transactions = Counter.builder("tailrace.inbox.transactions")
                .description("Batches committed")
                .register(registry);
        failures = Counter.builder("tailrace.inbox.failures")
                .description("Batches given up and read again")
                .register(registry);
        Gauge.builder("tailrace.inbox.lag.records", lag, AtomicLong::get)
                .description("Records of this instance's partitions that are not read yet")
                .register(registry);
    }

    void committed(int forwardedNow, int deadNow) {
        transactions.increment();
        forwarded.increment(forwardedNow);
        deadLetters.increment(deadNow);
    }

    void failed() {
        failures.increment();
    }

    void lag(long records) {
        lag.set(records);
    }
}
