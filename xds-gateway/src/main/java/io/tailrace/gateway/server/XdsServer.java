package io.tailrace.gateway.server;

import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.netty.NettyServerBuilder;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serves a view over every discovery service that Envoy has. It listens from {@link #start} on, so never without a whole
 * view; {@link #publish} hands a newer one to each worker, in one task, from one thread.
 */
public final class XdsServer implements AutoCloseable {
    /** What a client may send of requests that aren't read yet; that it is fixed saves gRPC's probing with pings. */
    private static final int REQUEST_WINDOW_BYTES = 1 << 20;

    /** Far more than closing sockets takes; a client can't make it longer. */
    private static final int CLOSE_SECONDS = 5;

    private final FleetObserver observer;
    private final StreamTap.Provider taps = StreamTap.Provider.installed();
    private final EventLoops loops;
    private final List<Worker> workers;
    private final AtomicLong streams = new AtomicLong();
    private final long drainMs;
    private final Server server;

    private XdsServer(XdsServerSettings settings, View view, FleetObserver observer, CatchUp log) {
        this.observer = observer;
        this.drainMs = settings.drainMs();
        AtomicLong nonces = new AtomicLong();
        loops = EventLoops.start(settings.workers());
        workers = loops.all().stream()
                .map(loop -> new Worker(loop, view, nonces, log, settings))
                .toList();
        NettyServerBuilder builder = NettyServerBuilder.forAddress(
                        new InetSocketAddress(settings.address(), settings.port()))
                .bossEventLoopGroup(loops.group())
                .workerEventLoopGroup(loops.group())
                .channelType(loops.channelType())
                .directExecutor()
                .flowControlWindow(REQUEST_WINDOW_BYTES)
                // One above the limit is told so; one far above it is cut off by a reset.
                .maxInboundMessageSize(2 * settings.maxRequestBytes())
                .maxConcurrentCallsPerConnection(settings.maxStreamsPerConnection())
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        for (DiscoveryService service : DiscoveryService.values()) {
            builder.addService(service.bind(this::accept));
        }
        server = builder.build();
    }

    /** Begins to listen, with a view that is whole. */
    public static XdsServer start(XdsServerSettings settings, View view, FleetObserver observer, CatchUp log)
            throws IOException {
        XdsServer server = new XdsServer(settings, view, observer, log);
        try {
            server.server.start();
        } catch (IOException | RuntimeException e) {
            server.loops.close();
            throw new IOException("can't listen on " + settings.address() + ":" + settings.port(), e);
        }
        return server;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Streams that wait with what they were asked for, until clients have taken that of others; from any thread. */
    public int waiting() {
        return workers.stream()
                .mapToInt(worker -> worker.state().firstAnswers().waiting())
                .sum();
    }

    /** For one thread, and in the order of the views. */
    public void publish(ViewStep step) {
        AtomicInteger left = new AtomicInteger(workers.size());
        for (Worker worker : workers) {
            worker.execute(() -> worker.step(step, () -> {
                if (left.decrementAndGet() == 0) {
                    observer.delivered(step.view().number());
                }
            }));
        }
    }

    private ServerCall.Listener<InputStream> accept(ServerCall<InputStream, Response> call, StreamSettings settings) {
        long number = streams.incrementAndGet();
        Worker worker = current();
        GrpcStream stream = new GrpcStream(number, call, worker, settings, observer, taps.tap(settings));
        worker.run(stream::begin);
        call.sendHeaders(new Metadata());
        call.request(1);
        return stream;
    }

    /** gRPC calls on the event loop of the connection, since its executor is the direct one. */
    private Worker current() {
        for (Worker worker : workers) {
            if (worker.isCurrent()) {
                return worker;
            }
        }
        throw new IllegalStateException("a call came on another thread than its connection's");
    }

    /**
     * Takes no more streams, and ends those that it has over the time that its settings give (rule 29). Until then they are
     * served on. Returns when the last has ended and the port is free for the next.
     */
    @Override
    public void close() {
        server.shutdown();
        try {
            if (drainMs > 0) {
                for (int i = 0; i < workers.size(); i++) {
                    workers.get(i).drain(drainMs, i, workers.size());
                }
                server.awaitTermination(drainMs, TimeUnit.MILLISECONDS);
            }
            server.shutdownNow();
            server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        loops.close();
    }
}
