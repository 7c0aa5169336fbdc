package io.tailrace.cli.conformance;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.cli.process.Parts;
import io.tailrace.cli.process.TemporaryFolder;
import io.tailrace.cli.up.RunningUp;
import io.tailrace.cli.up.UpSettings;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** All of Tailrace in this JVM with nothing in it, before its gateway a relay, and beside them the harness's adapter. */
final class ConformanceServer implements AutoCloseable {
    private final Parts parts;
    private final RunningUp.Started up;
    private final Server server;
    private final LabelRelay relay;

    private ConformanceServer(Parts parts, Path state, int adapterPort, int xdsPort)
            throws IOException, InterruptedException {
        this.parts = parts;
        UpSettings settings = new UpSettings(
                state,
                new UpSettings.Files(List.of(), false),
                Optional.empty(),
                Topics.DEFAULT,
                new UpSettings.Ports(0, 0, 0),
                false);
        up = parts.add(RunningUp.start(settings, progress -> {}));
        StateLog log = parts.add(
                new StateLog(Map.of("bootstrap.servers", up.addresses().kafka()), "up"));
        ExecutorService oneThread = Executors.newSingleThreadExecutor();
        parts.add(oneThread::shutdownNow);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), adapterPort))
                .executor(oneThread)
                .addService(new HarnessAdapter(log))
                .build()
                .start();
        parts.add(server::shutdownNow);
        relay = parts.add(LabelRelay.start(xdsPort, gatewayPort()));
    }

    /** On 127.0.0.1; a port of 0 takes a free one. Throws IOException if one is taken, and leaves nothing running. */
    static ConformanceServer start(Path state, int adapterPort, int xdsPort) throws IOException, InterruptedException {
        Parts parts = new Parts();
        try {
            return new ConformanceServer(parts, state, adapterPort, xdsPort);
        } catch (IOException e) {
            parts.close();
            throw e;
        }
    }

    /** Serves until it is told to end. Arguments: the adapter's port and the gateway's. */
    public static void main(String... arguments) throws InterruptedException {
        try (Parts parts = Parts.closedOnSignal()) {
            Path state =
                    parts.add(TemporaryFolder.create("tailrace-conformance")).path();
            ConformanceServer server =
                    parts.add(start(state, Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])));
            System.out.println(
                    "ready: adapter on 127.0.0.1:" + server.adapterPort() + ", xDS on 127.0.0.1:" + server.xdsPort());
            System.err.println("conformance: " + server.up.up().ended().join());
        } catch (IOException e) {
            System.err.println("conformance: " + e.getMessage());
        }
        System.exit(1);
    }

    int adapterPort() {
        return server.getPort();
    }

    /** Where versions are the harness's labels. */
    int xdsPort() {
        return relay.port();
    }

    /** Where they are the gateway's own. */
    int gatewayPort() {
        return HostAndPort.parse(up.addresses().xds()).port();
    }

    @Override
    public void close() {
        parts.close();
    }
}
