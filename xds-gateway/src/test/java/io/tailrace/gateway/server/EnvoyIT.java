package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that a real Envoy must feel: order and warming, under steady requests. */
@ExtendWith(RecordedStreams.class)
class EnvoyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        return XdsServer.start(
                XdsServerSettings.of("127.0.0.1", FreePort.next()),
                views.view(),
                FleetObserver.NONE,
                RealThings.NEWEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void changesOfEverySortBreakNoRequest(String apiType) throws Exception {
        int port = FreePort.next();
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
            CompletableFuture<List<String>> load = CompletableFuture.supplyAsync(
                    () -> unlike(response -> response.statusCode() == 200, envoy, uri, stop));

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

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void rule_06_of_fifty_changed_clusters_with_a_bad_one_envoy_ends_with_forty_nine(String apiType) throws Exception {
        int port = FreePort.next();
        int one = backend("one");
        List<Thing> things = new ArrayList<>(List.of(RealThings.listener(port, "r"), RealThings.route("r", "c0")));
        List<Thing> changed = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            things.add(RealThings.cluster("c" + i, 5));
            things.add(RealThings.assignment("c" + i, one));
            changed.add(RealThings.cluster("c" + i, i == 17 ? 0 : 6)); // Envoy wants a time above 0.
        }
        Views views = Views.of(things.toArray(Thing[]::new));
        try (XdsServer server = serve(views);
                EnvoyProcess envoy = EnvoyProcess.start(folder, apiType, server.port())) {
            String uri = "http://127.0.0.1:" + port + "/";
            awaitBody(envoy, uri, "one");
            AtomicBoolean stop = new AtomicBoolean();
            CompletableFuture<List<String>> load = CompletableFuture.supplyAsync(
                    () -> unlike(response -> response.statusCode() == 200, envoy, uri, stop));

            server.publish(views.put(changed.toArray(Thing[]::new)));

            await().atMost(PATIENCE).untilAsserted(() -> {
                String clusters = envoy.admin("/config_dump?resource=dynamic_active_clusters");
                assertThat(clusters.split("\"connect_timeout\": \"6s\"", -1)).hasSize(50);
                assertThat(clusters.split("\"connect_timeout\": \"5s\"", -1)).hasSize(2);
            });
            assertThat(envoy.stat("cluster_manager.cds.update_rejected")).isBetween(1L, 7L);
            stop.set(true);
            assertThat(load.get()).as("requests that failed").isEmpty();
        }
    }

    /** Asks until it is told to stop; returns what wasn't as expected. */
    private static List<String> unlike(
            Predicate<HttpResponse<String>> expected, EnvoyProcess envoy, String uri, AtomicBoolean stop) {
        List<String> others = new ArrayList<>();
        while (!stop.get() && envoy.isAlive()) {
            try {
                HttpResponse<String> response = envoy.get(uri);
                if (!expected.test(response)) {
                    others.add(response.statusCode() + " " + response.body());
                }
            } catch (IOException e) {
                others.add(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return others;
            }
        }
        return others;
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void anEnvoyThatReconnectsToAnotherGatewayDrainsNothing(String apiType) throws Exception {
        int port = FreePort.next();
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
            try (XdsServer second = XdsServer.start(
                    XdsServerSettings.of("127.0.0.1", xdsPort), views.view(), FleetObserver.NONE, RealThings.NEWEST)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> envoy.get(uri).body().equals("two"));
                assertThat(second.port()).isEqualTo(xdsPort);
            }
            assertThat(envoy.stat("listener_manager.listener_modified")).isZero();
            assertThat(envoy.stat("listener_manager.listener_removed")).isZero();
            assertThat(envoy.stat("cluster_manager.cluster_modified")).isZero();
        }
    }

    /** Every change that this Envoy has seen, and then a gateway that has read less of the log. */
    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void rule_21_an_envoy_that_reconnects_to_a_gateway_that_is_behind_never_goes_back(String apiType) throws Exception {
        int port = FreePort.next();
        int one = backend("one");
        int two = backend("two");
        int three = backend("three");
        Views views = Views.of(
                RealThings.listener(port, "r"),
                RealThings.route("r", "a"),
                RealThings.cluster("a", 5),
                RealThings.assignment("a", one),
                RealThings.cluster("b", 5),
                RealThings.assignment("b", three));
        View behind = views.view();
        XdsServer first = serve(views);
        int xdsPort = first.port();
        try (EnvoyProcess envoy = EnvoyProcess.start(folder, apiType, xdsPort)) {
            String uri = "http://127.0.0.1:" + port + "/";
            awaitBody(envoy, uri, "one");
            ViewStep missed = views.change(
                    List.of(
                            RealThings.cluster("a", 6),
                            RealThings.assignment("a", two),
                            RealThings.cluster("c", 5),
                            RealThings.assignment("c", one)),
                    List.of(RealThings.cluster("b", 5)));
            first.publish(missed);
            awaitBody(envoy, uri, "two");
            await().atMost(PATIENCE)
                    .until(() -> !envoy.admin("/clusters").contains("\nb::")
                            && envoy.admin("/clusters").contains("\nc::"));
            long modified = envoy.stat("cluster_manager.cluster_modified");
            first.close();

            CompletableFuture<Void> caughtUp = new CompletableFuture<>();
            CompletableFuture<Void> limit = new CompletableFuture<>();
            AtomicBoolean stop = new AtomicBoolean();
            try (XdsServer second = XdsServer.start(
                    XdsServerSettings.of("127.0.0.1", xdsPort), behind, limitOf(limit), () -> caughtUp)) {
                CompletableFuture<List<String>> others = CompletableFuture.supplyAsync(
                        () -> unlike(response -> response.body().equals("two"), envoy, uri, stop));
                limit.get(60, TimeUnit.SECONDS); // Kafka doesn't answer.
                // The removed b may come back: what a node lacks is sent, and nobody knows better.
                assertThat(envoy.admin("/clusters")).contains("\nc::");
                second.publish(missed);
                caughtUp.complete(null);
                second.publish(views.put(RealThings.cluster("d", 5), RealThings.assignment("d", one)));
                await().atMost(PATIENCE).until(() -> envoy.admin("/clusters").contains("\nd::"));
                stop.set(true);
                assertThat(others.get()).isEmpty();
                assertThat(envoy.stat("cluster_manager.cluster_modified")).isEqualTo(modified);
                second.publish(views.put(RealThings.assignment("a", three)));
                awaitBody(envoy, uri, "three");
            }
        }
    }

    private static void awaitBody(EnvoyProcess envoy, String uri, String body) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> envoy.get(uri).body().equals(body));
    }

    private static FleetObserver limitOf(CompletableFuture<Void> limit) {
        return new FleetObserver() {
            @Override
            public void told(long stream, Fact fact) {
                if (fact instanceof Fact.CatchUpLimitPassed) {
                    limit.complete(null);
                }
            }

            @Override
            public void disconnected(long stream) {}

            @Override
            public void delivered(long view) {}
        };
    }
}
