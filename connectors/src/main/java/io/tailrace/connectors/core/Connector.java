package io.tailrace.connectors.core;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.schemas.process.Health;
import io.tailrace.schemas.publish.FencedException;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the log has just what a source wants under its name: learns at its start what it had published, publishes
 * the difference, and again at every change. While Kafka is away it keeps the newest state only. One of a name at a time: a
 * second one fences the first, which then ends for good.
 */
public final class Connector implements Health, AutoCloseable {
    private final Source source;
    private final ConnectorStatus status;
    private final OwnLog log;
    private final Thread thread;
    private final AtomicReference<@Nullable Snapshot> newest = new AtomicReference<>();
    private final Semaphore news = new Semaphore(0);
    private final CompletableFuture<Exit> closing = new CompletableFuture<>();
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();

    /** Takes the source over: it is closed with the connector. */
    public Connector(Source source, ConnectorSettings settings, InstantSource clock, MeterRegistry registry) {
        this.source = source;
        this.status = new ConnectorStatus(source.name(), clock, registry);
        this.log = new OwnLog(settings, source.name(), clock, news::release);
        this.thread =
                Thread.ofPlatform().name("connector-" + source.name()).daemon().unstarted(this::run);
    }

    public void start() {
        source.start(new Taker());
        thread.start();
    }

    /** Completes when the connector has ended, with the reason. */
    public CompletableFuture<Exit> exit() {
        return exit.copy();
    }

    @Override
    public Optional<String> notLive() {
        if (exit.isDone() && !(exit.join() instanceof Exit.Closed)) {
            return Optional.of("the connector " + source.name() + " has ended: " + exit.join());
        }
        return log.reader().notLive();
    }

    /** Present until the source's whole state has once been published. */
    @Override
    public Optional<String> notReady() {
        return status.notReady().map(reason -> log.reader().notReady().orElse(reason));
    }

    @Override
    public Optional<String> trouble() {
        return status.trouble()
                .or(() -> log.reader()
                        .outage()
                        .map(outage -> "the connector " + source.name() + " can't read the log: " + outage.reason()));
    }

    /** Returns when the publication under way has ended. What is on the log stays. */
    @Override
    public void close() {
        closing.complete(new Exit.Closed());
        news.release();
        if (thread.getState() == Thread.State.NEW) {
            source.close();
            log.close();
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Exit reason = new Exit.Closed();
        try {
            untilClosed();
            reason = closing.join();
        } catch (FencedException e) {
            reason = new Exit.Fenced(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            reason = new Exit.Failed(e);
        } finally {
            source.close();
            log.close();
            status.ended(reason);
            exit.complete(reason);
        }
    }

    private void untilClosed() throws InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
        while (!closing.isDone()) {
            try {
                session(backoff);
            } catch (PublishFailedException | MissingTopicException | KafkaUnreachableException | KafkaException e) {
                // It may have been committed or not: the next session learns which.
                status.failed(String.valueOf(e.getMessage()));
                pause(backoff.next());
            }
        }
    }

    private void session(Backoff backoff) throws InterruptedException {
        CompletableFuture<?> learned = log.open();
        CompletableFuture.anyOf(learned, closing).join();
        while (!closing.isDone()) {
            Snapshot desired = newest.get();
            if (desired != null) {
                status.brought(desired, log.bring(desired));
                backoff.reset();
            }
            news.acquire();
            news.drainPermits();
        }
    }

    private void pause(Duration time) throws InterruptedException {
        try {
            closing.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // the next try
        } catch (ExecutionException e) {
            throw new IllegalStateException("closing never fails", e);
        }
    }

    private final class Taker implements Source.Taker {
        @Override
        public void desired(Snapshot snapshot) {
            newest.set(snapshot);
            news.release();
        }

        @Override
        public void failed(Throwable cause) {
            closing.complete(new Exit.Failed(cause));
            news.release();
        }
    }
}
