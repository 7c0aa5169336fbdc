package io.tailrace.gateway.fleet;

import io.tailrace.schemas.topic.Denial;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Takes to `fleet` what the ledger counts: changes at most four times a second, and a beat every 3 s. Event loops only put
 * events into a queue; a Kafka that doesn't answer costs streams nothing, and gets the newest of each key later.
 */
public final class FleetReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FleetReporter.class);
    private static final long TURN_MS = 250;
    private static final long BEAT_MS = 3_000;
    private static final long SWEEP_MS = 60 * 60_000L;
    private static final int MAX_UNDER_WAY = 1_000;

    private final Setup setup;
    private final InstantSource clock;
    private final FleetTopic topic;
    private final Queue<Runnable> arrived = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService thread;

    // All of the reporter's thread.
    private final FleetLedger ledger;
    private final Outbox outbox;
    private int underWay;
    private long beatMs;
    private long sweptMs;
    private boolean sweeping;
    private boolean failing;
    private final AtomicBoolean sweepDenied = new AtomicBoolean();

    /**
     * Who reports, and where to.
     *
     * @param gateway the gateway's name, unique among those that run
     * @param incarnation names this run of it
     * @param stale why the view may be old; asked on the reporter's thread
     */
    public record Setup(
            String gateway,
            String incarnation,
            Map<String, Object> kafka,
            Topics topics,
            Supplier<Optional<String>> stale) {}

    public FleetReporter(Setup setup, AckTimes ackTimes, InstantSource clock) {
        this.setup = setup;
        this.clock = clock;
        this.topic = new FleetTopic("fleet-" + setup.gateway(), setup.kafka(), setup.topics());
        this.ledger = new FleetLedger(setup.gateway(), setup.incarnation(), ackTimes);
        this.outbox = new Outbox(RecordKeys.gateway(setup.gateway()));
        this.thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("fleet-" + setup.gateway()).factory());
    }

    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::turn, TURN_MS, TURN_MS, TimeUnit.MILLISECONDS);
    }

    /** From any thread; returns at once. */
    public void tell(FleetEvent event) {
        arrived.add(() -> ledger.apply(event));
    }

    private void turn() {
        try {
            takeIn();
            if (!failing) {
                send(); // what the last turn had to say comes before what this one adds
            }
            long now = clock.millis();
            boolean beat = now - beatMs >= BEAT_MS;
            if (beat) {
                beatMs = now;
                ledger.stale(setup.stale().get().orElse(""));
                ledger.forget(now).forEach(outbox::add);
                sweepWhenDue(now);
            }
            ledger.writes(now, beat).forEach(outbox::add);
            if (!failing || beat) {
                send();
            }
        } catch (RuntimeException e) { // reports are worth less than streams, but the next turn is to come
            LOG.atError().addKeyValue("gateway", setup.gateway()).setCause(e).log("fleet report failed");
        }
    }

    private void takeIn() {
        for (Runnable next = arrived.poll(); next != null; next = arrived.poll()) {
            next.run();
        }
    }

    private void send() {
        Optional<FleetLedger.Write> next = underWay < MAX_UNDER_WAY ? outbox.next() : Optional.empty();
        while (next.isPresent()) {
            underWay++;
            topic.send(next.get(), this::answered);
            takeIn(); // a Kafka that takes nothing says so at once
            next = !failing && underWay < MAX_UNDER_WAY ? outbox.next() : Optional.empty();
        }
    }

    /** On Kafka's thread. */
    private void answered(FleetLedger.Write write, @Nullable Exception failure) {
        arrived.add(() -> sent(write, failure));
        try {
            thread.execute(this::goOn);
        } catch (RejectedExecutionException e) {
            // It ends: what is left is said by close().
        }
    }

    private void goOn() {
        takeIn();
        if (!failing) {
            send();
        }
    }

    private void sent(FleetLedger.Write write, @Nullable Exception failure) {
        underWay--;
        if (failure == null) {
            outbox.sent(write);
            failing = false;
        } else {
            outbox.failed(write);
            if (!failing) {
                failing = true;
                LOG.atWarn()
                        .addKeyValue("gateway", setup.gateway())
                        .addKeyValue(
                                "reason",
                                Denial.text(failure, "Write").orElseGet(() -> String.valueOf(failure.getMessage())))
                        .log("fleet reports don't reach Kafka");
            }
        }
    }

    private void sweepWhenDue(long now) {
        if (!sweeping && (sweptMs == 0 || now - sweptMs >= SWEEP_MS)) {
            sweeping = true;
            Thread.ofPlatform().daemon().name("fleet-sweep-" + setup.gateway()).start(() -> sweep(now));
        }
    }

    /** On a thread of its own, since it reads the whole topic. */
    private void sweep(long begunMs) {
        FleetSweep sweep = new FleetSweep(setup.gateway(), setup.incarnation());
        try {
            topic.sweep(sweep);
            arrived.add(() -> {
                sweeping = false;
                sweptMs = begunMs;
                sweep.dead(clock.millis()).stream()
                        .filter(key -> !ledger.owns(key))
                        .forEach(key -> outbox.add(new FleetLedger.Write(key, null)));
            });
        } catch (RuntimeException e) { // no Kafka, or no topic: tried again at the next beat
            arrived.add(() -> sweeping = false);
            if (!(e instanceof KafkaException)) {
                boolean news = e instanceof KafkaUnreachableException unreachable
                        && unreachable.isDenied()
                        && !sweepDenied.getAndSet(true);
                LOG.atLevel(news ? Level.WARN : Level.DEBUG)
                        .addKeyValue("gateway", setup.gateway())
                        .addKeyValue("reason", e.getMessage())
                        .log("fleet can't be swept yet");
            }
        }
    }

    /** Takes this run's keys off the topic, unless Kafka doesn't answer within a second or so. */
    @Override
    public void close() {
        thread.shutdown();
        boolean interrupted = false;
        try {
            if (thread.awaitTermination(3, TimeUnit.SECONDS)) {
                takeIn();
                ledger.farewell().forEach(outbox::add);
                failing = false;
                send();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        topic.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
