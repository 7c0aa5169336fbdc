package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that a real Envoy must feel: order and warming, under steady requests. */
@ExtendWith(RecordedStreams.class)
class EnvoyIT {
    @TempDir
    Path folder;

    private final List<HttpServer> backends = new ArrayList<>();

    @AfterEach
    void stopBackends() {
        backends.forEach(backend -> backend.stop(0));
    }

    private int backend(String answer) throws IOException {
        HttpServer backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        backend.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        backend.start();
        backends.add(backend);
        return backend.getAddress().getPort();
    }

    private XdsServer serve(Views views) throws IOException {
        return XdsServer.start(XdsServerSettings.of("127.0.0.1", 0), views.view(), FleetObserver.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void changesOfEverySortBreakNoRequest(String apiType) throws Exception {
        int port = EnvoyProcess.freePort();
        int one = backend("one");
        int two = backend("two");
        Views views = Views.of(
                RealThings.listener(port, "r"),
                RealThings.route("r", "a"),
                RealThings.cluster("a", 5),
                RealThings.assignment("a", one));
        try (XdsServer server = serve(views);
                EnvoyProcess envoy = EnvoyProcess.start(folder, apiType, server.port())) {
            String uri = "http://127.0.0.1:" + port + "/";
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> envoy.get(uri).body().equals("one"));
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<List<String>> load = CompletableFuture.supplyAsync(() -> failures(envoy, uri, stop));

            server.publish(views.put(RealThings.cluster("a", 6)));
            server.publish(views.change(
                    List.of(RealThings.cluster("b", 5), RealThings.assignment("b", two), RealThings.route("r", "b")),
                    List.of(RealThings.cluster("a", 6))));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> envoy.get(uri).body().equals("two"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !envoy.admin("/clusters").contains("\na::"));
            server.publish(views.change(
                    List.of(
                            RealThings.cluster("c", 5),
                            RealThings.assignment("c", one),
                            RealThings.route("r2", "c"),
                            RealThings.listener(port, "r2")),
                    List.of()));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> envoy.get(uri).body().equals("one"));
            for (int i = 0; i < 20; i++) {
                server.publish(views.put(RealThings.assignment("c", i % 2 == 0 ? two : one)));
                server.publish(views.put(RealThings.cluster("c", 6 + i)));
            }
            server.publish(views.put(RealThings.assignment("c", two)));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> envoy.get(uri).body().equals("two"));
            stop.set(true);

            assertThat(load.get()).as("requests that failed").isEmpty();
            assertThat(envoy.stat("cluster.c.init_fetch_timeout")).isZero();
            // Connections that the listener's old filter chain drains still go by the old routes: not under load.
            server.publish(views.remove(RealThings.cluster("b", 5), RealThings.route("r", "b")));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !envoy.admin("/clusters").contains("\nb::"));
        }
    }

    private static List<String> failures(EnvoyProcess envoy, String uri, AtomicBoolean stop) {
        List<String> failures = new ArrayList<>();
        while (!stop.get()) {
            try {
                var response = envoy.get(uri);
                if (response.statusCode() != 200) {
                    failures.add(response.statusCode() + " " + response.body());
                }
            } catch (IOException e) {
                failures.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return failures;
            }
        }
        return failures;
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void anEnvoyThatReconnectsToAnotherGatewayDrainsNothing(String apiType) throws Exception {
        int port = EnvoyProcess.freePort();
        Views views = Views.of(
                RealThings.listener(port, "r"),
                RealThings.route("r", "a"),
                RealThings.cluster("a", 5),
                RealThings.assignment("a", backend("one")));
        XdsServer first = serve(views);
        int xdsPort = first.port();
        try (EnvoyProcess envoy = EnvoyProcess.start(folder, apiType, xdsPort)) {
            String uri = "http://127.0.0.1:" + port + "/";
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> envoy.get(uri).body().equals("one"));
            first.close();
            Thing next = RealThings.assignment("a", backend("two"));
            views.put(next);
            try (XdsServer second =
                    XdsServer.start(XdsServerSettings.of("127.0.0.1", xdsPort), views.view(), FleetObserver.NONE)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> envoy.get(uri).body().equals("two"));
                assertThat(second.port()).isEqualTo(xdsPort);
            }
            assertThat(envoy.stat("listener_manager.listener_modified")).isZero();
            assertThat(envoy.stat("listener_manager.listener_removed")).isZero();
            assertThat(envoy.stat("cluster_manager.cluster_modified")).isZero();
        }
    }
}
