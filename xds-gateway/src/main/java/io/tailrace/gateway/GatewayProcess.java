package io.tailrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.gateway.fleet.AckTimes;
import io.tailrace.gateway.fleet.FleetEvent;
import io.tailrace.gateway.fleet.FleetReporter;
import io.tailrace.gateway.server.FleetObserver;
import io.tailrace.gateway.server.XdsServer;
import io.tailrace.gateway.server.XdsServerSettings;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.tail.Fresh;
import io.tailrace.gateway.tail.Tail;
import io.tailrace.gateway.view.ViewStep;
import io.tailrace.schemas.process.Health;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway: tails the two output topics, serves what they say, and reports its nodes to `fleet`. It begins to listen
 * with its first whole view, not before: a client whose connection is refused goes to another gateway at once, while
 * grpc-java's pick_first stays on a connection whose streams are answered with UNAVAILABLE. With an unreachable Kafka it
 * goes on serving what it has.
 */
public final class GatewayProcess implements Health, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayProcess.class);

    private final GatewaySettings settings;
    private final InstantSource clock = InstantSource.system();
    private final GatewayMetrics metrics;
    private final Tail tail;
    private final FleetReporter fleet;
    private final CompletableFuture<XdsServer> listening = new CompletableFuture<>();

    private volatile boolean closing;

    /** Of the reader's thread. */
    private @Nullable XdsServer server;

    private GatewayProcess(GatewaySettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.metrics = new GatewayMetrics(settings.name(), registry);
        this.tail = new Tail("gateway-" + settings.name(), settings.kafka(), settings.topics(), this::publish, metrics);
        this.fleet = new FleetReporter(
                new FleetReporter.Setup(
                        settings.name(),
                        UUID.randomUUID().toString(),
                        settings.kafka(),
                        settings.topics(),
                        tail::stale),
                new AckTimes(metrics::ackedAfter),
                clock);
        metrics.watch(tail, this::waiting);
    }

    /** Returns at once; {@link #notReady} says when it serves. Throws {@link UncheckedIOException} if the port is taken. */
    public static GatewayProcess start(GatewaySettings settings, MeterRegistry registry) {
        requireFree(settings.xds());
        GatewayProcess gateway = new GatewayProcess(settings, registry);
        gateway.fleet.start();
        gateway.tail.start();
        return gateway;
    }

    /** A gateway listens late: whoever gave it a port that is taken is told so at the start. */
    private static void requireFree(XdsServerSettings xds) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(xds.address(), xds.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't listen on " + xds.address() + ":" + xds.port() + ": " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. Throws {@link IllegalStateException} before it is ready. */
    public int port() {
        XdsServer running = listening.getNow(null);
        if (running == null) {
            throw new IllegalStateException(
                    "the gateway doesn't listen yet: " + notReady().orElse("it is starting"));
        }
        return running.port();
    }

    /** Why what it serves may be old; empty: it isn't. */
    public Optional<String> stale() {
        return tail.stale();
    }

    private int waiting() {
        XdsServer running = listening.getNow(null);
        return running == null ? 0 : running.waiting();
    }

    public Health health() {
        return this;
    }

    /** On the reader's thread. */
    private void publish(Fresh fresh) {
        fleet.tell(new FleetEvent.Published(fresh.view().number(), fresh.view().positions(), fresh.eventTimesMs()));
        XdsServer running = server;
        if (running == null) {
            listen(fresh);
        } else {
            running.publish(new ViewStep(fresh.view(), fresh.change()));
        }
    }

    private void listen(Fresh first) {
        try {
            XdsServer started = XdsServer.start(settings.xds(), first.view(), new Observer(), tail::catchUp);
            server = started;
            fleet.tell(new FleetEvent.Delivered(first.view().number(), clock.millis()));
            listening.complete(started);
            LOG.atInfo()
                    .addKeyValue("gateway", settings.name())
                    .addKeyValue("address", settings.xds().address())
                    .addKeyValue("port", started.port())
                    .log("gateway serves");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> notLive() {
        return tail.notLive();
    }

    @Override
    public Optional<String> notReady() {
        if (closing) {
            return Optional.of("the gateway is shutting down");
        }
        return tail.notReady()
                .or(() -> listening.isDone() ? Optional.empty() : Optional.of("the gateway doesn't listen yet"));
    }

    @Override
    public Optional<String> trouble() {
        return stale().map(reason -> "what the gateway " + settings.name() + " serves may be old: " + reason);
    }

    @Override
    public void close() {
        closing = true;
        closeServer(); // Its streams hear of changes until they end.
        tail.close();
        closeServer(); // It may have begun to listen meanwhile.
        fleet.close();
        metrics.close();
    }

    private void closeServer() {
        XdsServer running = listening.getNow(null);
        if (running != null) {
            running.close();
        }
    }

    /** On the workers' threads. */
    private final class Observer implements FleetObserver {
        @Override
        public void told(long stream, Fact fact) {
            metrics.told(fact);
            switch (fact) {
                case Fact.Connected _,
                        Fact.Selected _,
                        Fact.Behind _,
                        Fact.Settled _,
                        Fact.Reached _,
                        Fact.Rejected _,
                        Fact.Mended _ -> fleet.tell(new FleetEvent.Said(stream, fact, clock.millis()));
                case Fact.Pushed _,
                        Fact.Refreshed _,
                        Fact.Acked _,
                        Fact.OrderLimitPassed _,
                        Fact.CatchUpLimitPassed _,
                        Fact.Large _ -> {}
            }
        }

        @Override
        public void disconnected(long stream) {
            metrics.disconnected();
            fleet.tell(new FleetEvent.Closed(stream, clock.millis()));
        }

        @Override
        public void delivered(long view) {
            fleet.tell(new FleetEvent.Delivered(view, clock.millis()));
        }
    }
}
