package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 28, as a real Envoy feels it. */
@ExtendWith(RecordedStreams.class)
class TtlEnvoyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long TTL_MS = 1_000;

    @TempDir
    Path folder;

    private final Views views = Views.of(
            RealThings.cluster("stays", 5),
            RealThings.assignment("stays", 1),
            RealThings.cluster("ends", 5).withTtl(TTL_MS),
            RealThings.assignment("ends", 1));
    private final Refreshes refreshes = new Refreshes();

    TtlEnvoyIT() throws IOException {}

    /** What the streams refreshed of clusters, and what their nodes can do. */
    private static final class Refreshes implements FleetObserver {
        final AtomicLong count = new AtomicLong();
        final Set<Set<ClientFeature>> features = ConcurrentHashMap.newKeySet();

        @Override
        public void told(long stream, Fact fact) {
            switch (fact) {
                case Fact.Connected connected -> features.add(connected.node().features());
                case Fact.Refreshed refreshed when refreshed.typeUrl().equals(Types.CLUSTER) -> count.incrementAndGet();
                case Fact.Pushed pushed when pushed.typeUrl().equals(Types.CLUSTER) -> count.incrementAndGet();
                default -> {}
            }
        }

        @Override
        public void disconnected(long stream) {}

        @Override
        public void delivered(long view) {}
    }

    private XdsServer serve(int port) throws IOException {
        return XdsServer.start(XdsServerSettings.of("127.0.0.1", port), views.view(), refreshes, RealThings.NEWEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELTA_GRPC", "GRPC"})
    void rule_28_an_envoy_keeps_what_has_a_ttl_as_long_as_there_is_a_gateway(String apiType) throws Exception {
        int port = FreePort.next();
        XdsServer first = serve(port);
        try (EnvoyProcess envoy = EnvoyProcess.start(folder, apiType, port)) {
            awaitCluster(envoy, "ends", true);
            awaitUnbroken(envoy);
            first.close();
            awaitCluster(envoy, "ends", false);
            assertThat(has(envoy, "stays")).isTrue();

            try (XdsServer _ = serve(port)) {
                awaitCluster(envoy, "ends", true);
                awaitUnbroken(envoy);
            }
        }
        assertThat(refreshes.features).containsExactly(Set.of(ClientFeature.TTL, ClientFeature.WRAPPED_IN_SOTW));
    }

    /** That it lived through several ttls: on a machine that is busy, not necessarily the first ones. */
    private void awaitUnbroken(EnvoyProcess envoy) {
        await().atMost(PATIENCE).until(() -> {
            long removed = envoy.stat("cluster_manager.cluster_removed");
            long seen = refreshes.count.get();
            await().atMost(PATIENCE).until(() -> refreshes.count.get() > seen + 8); // Of two or more in each ttl.
            return envoy.stat("cluster_manager.cluster_removed") == removed && has(envoy, "ends");
        });
    }

    private static void awaitCluster(EnvoyProcess envoy, String name, boolean there) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> has(envoy, name) == there);
    }

    private static boolean has(EnvoyProcess envoy, String cluster) throws IOException, InterruptedException {
        return envoy.admin("/clusters").contains("\n" + cluster + "::");
    }
}
