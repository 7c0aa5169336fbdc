package io.tailrace.translator.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.schemas.process.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lane as a Streams application of its own, with threads of its own: one translation must not stall endpoints. A thread
 * that fails is replaced after a pause that grows while failures go on.
 */
public final class RunningLane implements Health, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningLane.class);
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 10_000;
    private static final long FORGIVEN_AFTER_MS = 60_000;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final LaneDefinition lane;
    private final TranslatorSettings settings;
    private final KafkaLogAccess log;
    private final KafkaStreams streams;
    private final LostInputs lostInputs;
    private final AtomicLong pauseMs = new AtomicLong(FIRST_PAUSE_MS);
    private volatile long failedAtNs = System.nanoTime();

    RunningLane(LaneDefinition lane, TranslatorSettings settings, MeterRegistry registry) {
        this.lane = lane;
        this.settings = settings;
        LaneMetrics metrics = new LaneMetrics(lane.name(), registry);
        List<String> topics = new ArrayList<>();
        lane.inputs().forEach(topic -> topics.add(settings.topics().name(topic)));
        lane.outputs().forEach(topic -> topics.add(settings.topics().name(topic)));
        LaneTopology.storeNames(lane)
                .forEach(store -> topics.add(LaneEnvironment.changelog(settings.topics(), lane, store)));
        log = new KafkaLogAccess(settings.kafka(), topics);
        lostInputs = new LostInputs(settings.acceptLostInputs());
        LaneEnvironment environment =
                new LaneEnvironment(lane, settings.topics(), log, new Rereading(), lostInputs, metrics);
        Properties properties = new Properties();
        properties.putAll(StreamsSettings.of(lane, settings));
        streams = new KafkaStreams(
                new LaneTopology(lane, settings.topics(), () -> new LaneProcessor(environment)).get(), properties);
        streams.setUncaughtExceptionHandler(this::failed);
        Gauge.builder("tailrace.translator.lag.records", streams, InputLag::of)
                .description("Records of the inputs that are not taken in yet")
                .tag("lane", lane.name())
                .register(registry);
        Gauge.builder("tailrace.translator.lost.inputs", lostInputs, LostInputs::count)
                .description("Partitions of inputs that were made anew, of which more is in force than they say")
                .tag("lane", lane.name())
                .register(registry);
    }

    public static RunningLane of(Lanes lane, TranslatorSettings settings, MeterRegistry registry) {
        return new RunningLane(lane.definition(), settings, registry);
    }

    public void start() {
        streams.start();
    }

    @Override
    public Optional<String> notLive() {
        return switch (streams.state()) {
            case ERROR, PENDING_ERROR -> Optional.of("lane " + lane.name() + " has stopped for good");
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN, NOT_RUNNING -> Optional.empty();
        };
    }

    @Override
    public Optional<String> notReady() {
        return streams.state() == KafkaStreams.State.RUNNING
                ? Optional.empty()
                : Optional.of("lane " + lane.name() + " is " + streams.state());
    }

    @Override
    public Optional<String> trouble() {
        return lostInputs.text().map(text -> "lane " + lane.name() + ": " + text);
    }

    @Override
    public void close() {
        // A static member keeps its partitions until its session ends, and gets them back when it starts again.
        CloseOptions options = CloseOptions.timeout(CLOSE_WITHIN)
                .withGroupMembershipOperation(
                        settings.instanceId() == null
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
        streams.close(options);
        log.close();
    }

    private StreamThreadExceptionResponse failed(Throwable failure) {
        long nowNs = System.nanoTime();
        if (nowNs - failedAtNs > FORGIVEN_AFTER_MS * 1_000_000) {
            pauseMs.set(FIRST_PAUSE_MS);
        }
        failedAtNs = nowNs;
        long pause = pauseMs.getAndUpdate(before -> Math.min(before * 2, LONGEST_PAUSE_MS));
        LOG.atWarn()
                .addKeyValue("lane", lane.name())
                .addKeyValue("pauseMs", pause)
                .addKeyValue("reason", LaneFailure.text(failure, lane, settings.topics()))
                .log("a thread of the translator failed and is replaced");
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
