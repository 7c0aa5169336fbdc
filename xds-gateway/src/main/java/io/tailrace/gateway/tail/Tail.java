package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewChange;
import io.tailrace.schemas.process.Health;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.Outage;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the two output topics and publishes whole views, numbered on from 1, on the reader's thread. Where the reader
 * reads anew, the new view follows the old one as one change, and only what differs by content concerns anybody.
 */
public final class Tail implements Health, AutoCloseable {
    private final Consumer<Fresh> sink;
    private final LogReader reader;
    private final ReaderConfig config;
    private final CatchUpWaiters waiters = new CatchUpWaiters();

    private volatile @Nullable View current;
    private volatile String unwhole = "";
    private volatile int waiting;

    /** The sink is called on the reader's thread, and should return soon. */
    public Tail(String name, Map<String, Object> kafka, Topics topics, Consumer<Fresh> sink, TailEvents events) {
        this.sink = sink;
        this.config =
                ReaderConfig.of(name, kafka, List.of(topics.name(Topic.RESOURCES), topics.name(Topic.ASSIGNMENTS)));
        this.reader = new LogReader(
                config,
                partitions -> new TailFold(partitions, topics, events, config.clock(), new Publication(), waiters));
    }

    public void start() {
        reader.start();
    }

    /** Completes when a view holds all that was on the log when this was called. Open while Kafka doesn't answer. */
    public CompletableFuture<Void> catchUp() {
        return reader.passEndOffsets().thenCompose(_ -> waiters.await());
    }

    /** Null: there is no whole view yet. */
    public @Nullable View current() {
        return current;
    }

    /** How many changes wait for what they refer to. */
    public int waiting() {
        return waiting;
    }

    /** Why the view may be old; empty: it isn't. */
    public Optional<String> stale() {
        return reader.outage()
                .map(Outage::reason)
                .or(() -> current == null || unwhole.isEmpty() ? Optional.empty() : Optional.of(unwhole));
    }

    /** How long ago it was last known that the view holds all there is; empty: it never was. */
    public Optional<Duration> age() {
        return reader.wholeAsOf().map(asOf -> {
            Duration age = Duration.between(asOf, config.clock().instant());
            return age.isNegative() ? Duration.ZERO : age;
        });
    }

    @Override
    public Optional<String> notLive() {
        return reader.notLive();
    }

    @Override
    public Optional<String> notReady() {
        return current != null
                ? Optional.empty()
                : reader.notReady().or(() -> Optional.of("the view isn't whole: " + unwhole));
    }

    @Override
    public void close() {
        reader.close();
    }

    /** What one reading makes. On the reader's thread. */
    private final class Publication implements TailFold.Results {
        @Override
        public void fresh(Fresh fresh, boolean first) {
            View before = current;
            View base = before == null ? View.EMPTY : before;
            View view = fresh.view().numbered(base.number() + 1);
            ViewChange change = first ? ViewChange.between(base, view) : fresh.change();
            unwhole = "";
            current = view;
            sink.accept(new Fresh(view, change, fresh.eventTimesMs()));
        }

        @Override
        public void unwhole(String reason) {
            unwhole = reason;
        }

        @Override
        public void waiting(int changes) {
            waiting = changes;
        }
    }
}
