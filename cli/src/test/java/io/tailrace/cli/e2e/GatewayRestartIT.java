package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.gateway.GatewayProcess;
import io.tailrace.gateway.GatewaySettings;
import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that starts again takes nothing from an Envoy and gives it nothing that it has. */
class GatewayRestartIT {
    private static final Duration LIVE = Duration.ofMinutes(2);
    private static final String TOUCHED =
            "listener_manager.listener_(added|modified|removed|in_place_updated)|listener_manager.total_listeners_draining"
                    + "|cluster_manager.cluster_(added|modified|removed)|.*(rds|cds|lds|eds).*update_rejected";

    @ParameterizedTest
    @EnumSource
    void envoysListenersAndClustersStayAsTheyAre(Variant variant, @TempDir Path root) throws Exception {
        int listener = FreePort.next();
        int xds = FreePort.next();
        try (World world = World.start(root)) {
            HttpBackend backend = world.with(HttpBackend.start("one"));
            Web web = world.with(new Web(listener));
            world.write("gateway.yaml", """
                kind: Gateway
                metadata: {name: edge}
                spec: {groups: [edge], listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]}
                """.formatted(listener));
            world.service("one", "HTTP1");
            world.endpoint("one", "one-a", backend.port());
            writeRoute(world, "before");
            EnvoyNode envoy;
            SortedMap<String, Long> before;
            try (GatewayProcess first = startGateway(world, xds)) {
                await().atMost(LIVE).until(() -> first.notReady().isEmpty());
                envoy = world.with(EnvoyNode.start(
                        new BootstrapSpec(
                                "edge", "edge-1", "default", List.of(new HostAndPort("127.0.0.1", xds)), variant, 0),
                        root.resolve("envoy")));
                awaitStamp(web, "before");
                before = envoy.stats(TOUCHED);
            }
            await("Envoy sees that its gateway is gone")
                    .atMost(LIVE)
                    .until(() -> envoy.sum("^control_plane.connected_state") == 0);

            try (GatewayProcess second = startGateway(world, xds)) {
                await().atMost(LIVE)
                        .until(() -> second.notReady().isEmpty() && envoy.sum("^control_plane.connected_state") == 1);
                writeRoute(world, "after");
                awaitStamp(web, "after");

                assertThat(envoy.stats(TOUCHED)).isEqualTo(before);
            }
        }
    }

    private static GatewayProcess startGateway(World world, int port) {
        return GatewayProcess.start(
                GatewaySettings.of(
                        "restarting", Map.of("bootstrap.servers", world.kafka()), Topics.DEFAULT, "127.0.0.1", port),
                new SimpleMeterRegistry());
    }

    private static void writeRoute(World world, String stamp) throws Exception {
        world.write("route.yaml", """
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: edge}]
              rules:
                - filters:
                    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: x-stamp, value: %s}]}}
                  backendRefs: [{name: one, port: 80}]
            """.formatted(stamp));
    }

    private static void awaitStamp(Web web, String stamp) {
        await(stamp)
                .atMost(LIVE)
                .ignoreExceptions()
                .until(() -> web.get("/").headers().firstValue("x-stamp").orElse(""), stamp::equals);
    }
}
