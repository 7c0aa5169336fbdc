package io.tailrace.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.tail.Tail;
import io.tailrace.gateway.tail.TailEvents;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What a gateway counts, each meter with its name as a tag (several may run in one process), and what of it is worth a
 * line in the log. From any thread.
 */
final class GatewayMetrics implements TailEvents, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayMetrics.class);

    /** A client makes up type URLs as it likes: only those of the order become a tag. */
    private static final Set<String> TYPES = Set.of(
            Types.CLUSTER,
            Types.ASSIGNMENT,
            Types.LISTENER,
            Types.ROUTE,
            Types.SCOPED_ROUTE,
            Types.VIRTUAL_HOST,
            Types.SECRET,
            Types.EXTENSION,
            Types.RUNTIME);

    private record OfType(Counter pushes, Counter resources, Counter heartbeats, Counter acks, Counter rejections) {}

    private final String gateway;
    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Gauge> gauges = new ArrayList<>();
    private final AtomicInteger streams = new AtomicInteger();
    private final Map<String, OfType> byType = new ConcurrentHashMap<>();
    private final Counter orderLimits;
    private final Counter catchUpLimits;
    private final Counter lateChanges;
    private final Counter unreadable;
    private final Counter ignored;
    private final Timer eventToAck;

    GatewayMetrics(String gateway, MeterRegistry registry) {
        this.gateway = gateway;
        this.registry = registry;
        this.tags = Tags.of("gateway", gateway);
        gauge(Gauge.builder("tailrace.gateway.streams", streams, AtomicInteger::get)
                .description("Open xDS streams"));
        this.orderLimits = registry.counter("tailrace.gateway.order.limits", tags);
        this.catchUpLimits = registry.counter("tailrace.gateway.catchup.limits", tags);
        this.lateChanges = registry.counter("tailrace.gateway.changes.late", tags);
        this.unreadable = registry.counter("tailrace.gateway.records.unreadable", tags);
        this.ignored = registry.counter("tailrace.gateway.markers.ignored", tags);
        this.eventToAck = Timer.builder("tailrace.gateway.event.to.ack")
                .description("From an event's place on the log to the ack of the last node that it concerned")
                .tags(tags)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry);
    }

    /** `waiting`: how many streams wait for their turn. */
    void watch(Tail tail, IntSupplier waiting) {
        gauge(Gauge.builder("tailrace.gateway.streams.waiting", waiting::getAsInt)
                .description(
                        "Streams that wait with what they were asked for, until clients have taken that of others"));
        gauge(Gauge.builder("tailrace.gateway.view.age", tail, GatewayMetrics::age)
                .description("Since it was last known that the view holds all that is on the log; NaN: never")
                .baseUnit("seconds"));
        gauge(Gauge.builder("tailrace.gateway.changes.waiting", tail, Tail::waiting)
                .description("Changes that wait for load assignments or secrets"));
        gauge(Gauge.builder("tailrace.gateway.view.number", tail, GatewayMetrics::number)
                .description("Views published since the start"));
    }

    private <T> void gauge(Gauge.Builder<T> gauge) {
        gauges.add(gauge.tags(tags).strongReference(true).register(registry));
    }

    /** Takes off what would speak of a gateway that has ended; counters stay for the next of its name. */
    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }

    private static double age(Tail tail) {
        return tail.age().map(age -> age.toMillis() / 1000.0).orElse(Double.NaN);
    }

    private static double number(Tail tail) {
        View view = tail.current();
        return view == null ? 0 : view.number();
    }

    void ackedAfter(long ms) {
        eventToAck.record(ms, TimeUnit.MILLISECONDS);
    }

    void told(Fact fact) {
        switch (fact) {
            case Fact.Connected _ -> streams.incrementAndGet();
            case Fact.Pushed pushed -> {
                ofType(pushed.typeUrl()).pushes.increment();
                ofType(pushed.typeUrl()).resources.increment((double) pushed.resources() + pushed.removed());
            }
            case Fact.Refreshed refreshed ->
                ofType(refreshed.typeUrl()).heartbeats.increment();
            case Fact.Acked acked -> ofType(acked.typeUrl()).acks.increment();
            case Fact.Rejected rejected -> ofType(rejected.typeUrl()).rejections.increment();
            case Fact.OrderLimitPassed limit -> {
                orderLimits.increment();
                line("sent before what it waited for was acked")
                        .addKeyValue("waitedFor", limit.waitedFor())
                        .log();
            }
            case Fact.CatchUpLimitPassed _ -> catchUpLimits.increment();
            case Fact.Large large ->
                line("response of one piece is large")
                        .addKeyValue("type", large.typeUrl())
                        .addKeyValue("bytes", large.bytes())
                        .log();
            case Fact.Selected _, Fact.Behind _, Fact.Settled _, Fact.Reached _, Fact.Mended _ -> {}
        }
    }

    void disconnected() {
        streams.decrementAndGet();
    }

    private OfType ofType(String typeUrl) {
        return byType.computeIfAbsent(TYPES.contains(typeUrl) ? typeUrl : "other", this::register);
    }

    private OfType register(String typeUrl) {
        Tags own = tags.and("type", typeUrl.substring(typeUrl.lastIndexOf('.') + 1));
        return new OfType(
                registry.counter("tailrace.gateway.pushes", own),
                registry.counter("tailrace.gateway.pushed.resources", own),
                registry.counter("tailrace.gateway.heartbeats", own),
                registry.counter("tailrace.gateway.acks", own),
                registry.counter("tailrace.gateway.rejections", own));
    }

    @Override
    public void appliedLate(String mesh, long sequence, NavigableSet<ResourceName> lacking) {
        lateChanges.increment();
        line("change applied without what it refers to")
                .addKeyValue("mesh", mesh)
                .addKeyValue("sequence", sequence)
                .addKeyValue("lacking", lacking.size())
                .addKeyValue("first", lacking.first().name())
                .log();
    }

    @Override
    public void unreadable(Topic topic, int partition, String key, String found) {
        unreadable.increment();
        line("record can't be read")
                .addKeyValue("topic", topic.id())
                .addKeyValue("partition", partition)
                .addKeyValue("key", key)
                .addKeyValue("found", found)
                .log();
    }

    @Override
    public void ignored(Topic topic, int partition, long sequence, long last) {
        ignored.increment();
        line("marker ignored, with what it closes")
                .addKeyValue("topic", topic.id())
                .addKeyValue("partition", partition)
                .addKeyValue("sequence", sequence)
                .addKeyValue("last", last)
                .log();
    }

    private LoggingEventBuilder line(String message) {
        return LOG.atWarn().setMessage(message).addKeyValue("gateway", gateway);
    }
}
