package io.tailrace.gateway;

import static io.tailrace.gateway.tail.TopicRecords.assignment;
import static io.tailrace.gateway.tail.TopicRecords.body;
import static io.tailrace.gateway.tail.TopicRecords.group;
import static io.tailrace.gateway.tail.TopicRecords.list;
import static io.tailrace.gateway.tail.TopicRecords.marker;
import static io.tailrace.gateway.tail.TopicRecords.toAssignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.gateway.server.DiscoveryClient;
import io.tailrace.gateway.tail.TopicRecords.Row;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.testing.KafkaBroker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rule 21, with two gateways on one log: a client moves from one that is up to date to one that is behind. */
@ExtendWith(RecordedStreams.class)
class MonotonicReconnectIT {
    private static final String M = "default";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static KafkaBroker broker;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestLog log;
    private GatewayProcess newer;
    private GatewayProcess older;

    /** What Kafka does while the client waits. */
    enum Kafka {
        THERE,
        AWAY
    }

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void start() {
        log = new TestLog(broker, "reconnect" + TOPICS.incrementAndGet());
        log.begun()
                .assignments(hosts("a"), hosts("b"), hosts("z"))
                .resources(
                        group(M, "edge"),
                        list(M, "edge", Types.CLUSTER, "a", "z"),
                        cluster("a", 7),
                        cluster("z", 7),
                        marker(1, 7));
        newer = gateway("newer", broker.kafka(), new SimpleMeterRegistry());
        older = gateway("older", PausedReading.in(broker.kafka()), registry);
        await().atMost(PATIENCE)
                .until(() -> newer.notReady().isEmpty() && older.notReady().isEmpty());
        PausedReading.pause();
        log.resources(list(M, "edge", Types.CLUSTER, "a", "b", "z"), cluster("a", 8), cluster("b", 8), marker(2, 8));
    }

    @AfterEach
    void stop() {
        PausedReading.resume();
        newer.close();
        older.close();
        log.close();
    }

    private GatewayProcess gateway(String name, Map<String, Object> kafka, SimpleMeterRegistry meters) {
        return GatewayProcess.start(GatewaySettings.of(name, kafka, log.topics, "127.0.0.1", 0), meters);
    }

    private static Row cluster(String name, long revision) {
        ByteString content = ByteString.copyFromUtf8(name + " at " + revision);
        return body(M, Types.CLUSTER, name, content, revision, toAssignment(name + "~1"));
    }

    private static Row hosts(String cluster) {
        return assignment(M, cluster + "~1", ByteString.copyFromUtf8("hosts"), 3, 0);
    }

    private void goes(Kafka kafka) {
        if (kafka == Kafka.AWAY) {
            broker.stop();
        }
    }

    private void comesBack(Kafka kafka) {
        if (kafka == Kafka.AWAY) {
            broker.restart();
        }
        PausedReading.resume();
        await().atMost(PATIENCE).until(() -> older.stale().isEmpty());
        log.resources(cluster("a", 9), marker(3, 9));
    }

    private void awaitLimit() {
        await().atMost(PATIENCE)
                .until(() -> registry.get("tailrace.gateway.catchup.limits")
                                .counter()
                                .count()
                        == 1);
    }

    private static String version(DeltaClient client, String name) {
        DeltaClient.Held held = client.of(Types.CLUSTER).get(name);
        return held == null ? "none" : held.version();
    }

    @ParameterizedTest
    @EnumSource
    void rule_21_a_delta_client_keeps_what_is_newer_gets_what_it_lacks_and_goes_on_from_there(Kafka kafka) {
        Map<String, DeltaClient.Held> known;
        try (DeltaClient node = new DeltaClient(newer.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER);
            await().atMost(PATIENCE).until(() -> version(node, "b").startsWith("c8-"));
            known = new TreeMap<>(node.of(Types.CLUSTER));
        }
        known.remove("z"); // It lacks this one, which both gateways have.
        goes(kafka);
        try (DeltaClient node = new DeltaClient(older.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER, known);
            awaitLimit();
            await().atMost(PATIENCE).until(() -> version(node, "z").startsWith("c7-"));
            assertThat(version(node, "a")).startsWith("c8-");
            assertThat(version(node, "b")).startsWith("c8-");
            comesBack(kafka);
            await().atMost(PATIENCE).until(() -> version(node, "a").startsWith("c9-"));

            assertThat(node.responses)
                    .flatExtracting(DeltaDiscoveryResponse::getRemovedResourcesList)
                    .isEmpty();
            assertThat(node.responses)
                    .flatExtracting(DeltaDiscoveryResponse::getResourcesList)
                    .extracting(Resource::getName)
                    .containsExactly("z", "a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rule_21_a_sotw_client_keeps_what_is_newer_and_goes_on_from_there(Kafka kafka) throws Exception {
        DiscoveryRequest first = DiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("n1").setCluster("edge"))
                .setTypeUrl(Types.CLUSTER)
                .build();
        String version;
        try (Connection to = new Connection(newer.port())) {
            DiscoveryResponse response = to.stream.send(first).next();
            while (response.getResourcesCount() < 3) { // It may have come before the change.
                to.stream.send(first.toBuilder()
                        .setVersionInfo(response.getVersionInfo())
                        .setResponseNonce(response.getNonce())
                        .build());
                response = to.stream.next();
            }
            version = response.getVersionInfo();
        }
        goes(kafka);
        try (Connection to = new Connection(older.port())) {
            to.stream.send(first.toBuilder().setVersionInfo(version).build());
            awaitLimit();
            assertThat(to.stream.pending()).isNull();
            comesBack(kafka);
            DiscoveryResponse response = to.stream.next();
            assertThat(response.getResourcesList())
                    .extracting(any -> any.getValue().toStringUtf8())
                    .containsExactly("a at 9", "b at 8", "z at 7");
        }
    }

    @Test
    void rule_21_a_node_that_moves_to_and_fro_while_changes_pass_never_hears_of_an_older_one() {
        PausedReading.resume();
        await().atMost(PATIENCE).until(() -> older.stale().isEmpty());
        List<Long> revisions = new ArrayList<>();
        Map<String, DeltaClient.Held> known = Map.of();
        long revision = 8;
        for (int round = 0; round < 5; round++) {
            PausedReading.pause();
            known = visit(newer, known, ++revision, () -> {}, revisions);
            known = visit(older, known, ++revision, PausedReading::resume, revisions);
        }
        assertThat(revisions).isSorted().endsWith(revision);
    }

    /** Stays at the gateway until it has a change that is written while it is there; returns what it has then. */
    private Map<String, DeltaClient.Held> visit(
            GatewayProcess gateway,
            Map<String, DeltaClient.Held> known,
            long revision,
            Runnable meanwhile,
            List<Long> revisions) {
        try (DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER, known);
            meanwhile.run();
            log.resources(cluster("a", revision), marker(revision, revision));
            await().atMost(PATIENCE).until(() -> version(node, "a").startsWith("c" + revision + "-"));
            node.responses.forEach(response -> response.getResourcesList().stream()
                    .filter(resource -> resource.getName().equals("a"))
                    .map(resource -> Long.valueOf(resource.getVersion().replaceAll("^c|-.*", "")))
                    .forEach(revisions::add));
            return new TreeMap<>(node.of(Types.CLUSTER));
        }
    }

    private static final class Connection implements AutoCloseable {
        private final ManagedChannel channel;
        final DiscoveryClient<DiscoveryRequest, DiscoveryResponse> stream;

        Connection(int port) {
            channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .build();
            stream =
                    new DiscoveryClient<>(channel, AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod());
        }

        @Override
        public void close() {
            channel.shutdownNow();
        }
    }
}
