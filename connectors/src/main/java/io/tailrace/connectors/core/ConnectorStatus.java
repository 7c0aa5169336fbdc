package io.tailrace.connectors.core;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.connectors.core.diff.Changes;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.schemas.kind.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connector says of itself: one log line for each change of its state, metrics, and why it isn't ready. */
final class ConnectorStatus {
    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final String source;
    private final InstantSource clock;
    private final Counter added;
    private final Counter changed;
    private final Counter removed;
    private final Counter failures;
    private volatile int objects;
    private volatile int problems;
    private volatile @Nullable Instant succeeded;
    private volatile Optional<String> waiting = Optional.of("the connector hasn't started");

    private volatile Optional<String> stays = Optional.empty();

    // Of the connector's thread.
    private Optional<Changes.Withheld> withheld = Optional.empty();
    private List<ObjectKey> yielded = List.of();

    ConnectorStatus(String source, InstantSource clock, MeterRegistry registry) {
        this.source = source;
        this.clock = clock;
        added = published(registry, "added");
        changed = published(registry, "changed");
        removed = published(registry, "removed");
        failures = Counter.builder("tailrace.connector.publish.failures")
                .description("Publications that failed and were tried again")
                .tag("source", source)
                .register(registry);
        gauge(registry, "tailrace.connector.objects", "Objects that the source wants on the log", it -> it.objects);
        gauge(registry, "tailrace.connector.problems", "Parts of the source that can't be used", it -> it.problems);
        gauge(
                registry,
                "tailrace.connector.success.age.seconds",
                "Time since the log was last made what the source wants; NaN: never",
                ConnectorStatus::secondsSinceSuccess);
    }

    /** Why the connector can't do its work now; empty once it has published a whole state. */
    Optional<String> notReady() {
        return succeeded == null ? waiting : Optional.empty();
    }

    /** What is amiss since then. */
    Optional<String> trouble() {
        return succeeded == null ? Optional.empty() : waiting.or(() -> stays);
    }

    void failed(String reason) {
        failures.increment();
        String now = "the connector " + source + " can't publish: " + reason;
        if (!waiting.equals(Optional.of(now))) {
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("reason", reason)
                    .log("connector can't publish now; it tries again with the newest state");
        }
        waiting = Optional.of(now);
    }

    /** The log is what this state asks for. */
    void brought(Snapshot desired, Changes changes) {
        objects = desired.objects().size();
        problems = desired.problems();
        added.increment(changes.appearing().size());
        changed.increment(changes.changed().size());
        removed.increment(changes.vanished().size());
        if (!changes.isEmpty() || succeeded == null) {
            LOG.atInfo()
                    .addKeyValue("source", source)
                    .addKeyValue("objects", objects)
                    .addKeyValue("added", changes.appearing().size())
                    .addKeyValue("changed", changes.changed().size())
                    .addKeyValue("removed", changes.vanished().size())
                    .log("connector has published");
        }
        succeeded = clock.instant();
        waiting = Optional.empty();
        sayWithheld(changes.withheld());
        sayYielded(changes.yielded());
    }

    void ended(Exit exit) {
        switch (exit) {
            case Exit.Closed closed ->
                LOG.atInfo().addKeyValue("source", source).log("connector has ended");
            case Exit.Fenced(String reason) ->
                LOG.atError()
                        .addKeyValue("source", source)
                        .addKeyValue("reason", reason)
                        .log("another connector of this name has taken over; this one has ended for good");
            case Exit.Failed(Throwable cause) ->
                LOG.atError().addKeyValue("source", source).setCause(cause).log("connector has ended by a defect");
        }
    }

    private void sayWithheld(Optional<Changes.Withheld> now) {
        if (now.equals(withheld)) {
            return;
        }
        withheld = now;
        stays = now.map(it -> "the connector " + source + " removes nothing: " + reason(it));
        if (now.isEmpty()) {
            LOG.atInfo().addKeyValue("source", source).log("connector removes again what its source no longer has");
            return;
        }
        LOG.atWarn()
                .addKeyValue("source", source)
                .addKeyValue("reason", reason(now.get()))
                .addKeyValue("objects", now.get().count())
                .log("connector removes nothing, though its source no longer has some objects");
    }

    private static String reason(Changes.Withheld withheld) {
        return switch (withheld) {
            case Changes.Incomplete(String why, int count) -> why;
            case Changes.SuddenlyEmpty(int count) ->
                "the source suddenly has nothing at all; if that is meant, start it with --allow-empty";
        };
    }

    private void sayYielded(List<ObjectKey> now) {
        if (!now.isEmpty() && !now.equals(yielded)) {
            LOG.atWarn()
                    .addKeyValue("source", source)
                    .addKeyValue("objects", now.size())
                    .addKeyValue("first", now.getFirst())
                    .log(
                            "another source wrote over objects of this one; they are restored when they change or at a restart");
        }
        yielded = now;
    }

    private double secondsSinceSuccess() {
        Instant last = succeeded;
        return last == null
                ? Double.NaN
                : Duration.between(last, clock.instant()).toMillis() / 1e3;
    }

    private Counter published(MeterRegistry registry, String change) {
        return Counter.builder("tailrace.connector.published.events")
                .description("Change events published")
                .tag("source", source)
                .tag("change", change)
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<ConnectorStatus> value) {
        Gauge.builder(name, this, value)
                .description(description)
                .tag("source", source)
                .strongReference(true)
                .register(registry);
    }
}
