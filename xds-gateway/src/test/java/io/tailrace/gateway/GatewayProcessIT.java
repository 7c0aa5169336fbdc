package io.tailrace.gateway;

import static io.tailrace.gateway.tail.TopicRecords.assignment;
import static io.tailrace.gateway.tail.TopicRecords.body;
import static io.tailrace.gateway.tail.TopicRecords.group;
import static io.tailrace.gateway.tail.TopicRecords.list;
import static io.tailrace.gateway.tail.TopicRecords.marker;
import static io.tailrace.gateway.tail.TopicRecords.toAssignment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.gateway.tail.TopicRecords.Row;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.testing.KafkaBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hand-written records on a real broker, through gateways, to a real gRPC stream. */
@ExtendWith(RecordedStreams.class)
class GatewayProcessIT {
    private static final String M = "default";
    private static KafkaBroker broker;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestLog log;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        log = new TestLog(broker, test.getTestMethod().orElseThrow().getName());
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private GatewayProcess start(String name) {
        return GatewayProcess.start(GatewaySettings.of(name, broker.kafka(), log.topics, "127.0.0.1", 0), registry);
    }

    private GatewayProcess ready(String name) {
        GatewayProcess gateway = start(name);
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.notReady().isEmpty());
        return gateway;
    }

    private static Row cluster(String name, int timeoutSeconds, long revision) {
        ByteString content = Cluster.newBuilder()
                .setName(name)
                .setConnectTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(timeoutSeconds))
                .build()
                .toByteString();
        return body(M, Types.CLUSTER, name, content, revision, toAssignment(name + "~1"));
    }

    private static Row hosts(String cluster, long offset) {
        return hosts(cluster, offset, 0);
    }

    private static Row hosts(String cluster, long offset, long eventTimeMs) {
        ByteString content = ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster + "~1")
                .putNamedEndpoints("n" + offset, io.envoyproxy.envoy.config.endpoint.v3.Endpoint.getDefaultInstance())
                .build()
                .toByteString();
        return assignment(M, cluster + "~1", content, offset, eventTimeMs);
    }

    /** One group, one cluster with its load assignment. */
    private void oneService() {
        log.begun()
                .assignments(hosts("a", 3))
                .resources(group(M, "edge"), list(M, "edge", Types.CLUSTER, "a"), cluster("a", 1, 7), marker(1, 7));
    }

    private static String version(DeltaClient client, String typeUrl, String name) {
        DeltaClient.Held held = client.of(typeUrl).get(name);
        return held == null ? "none" : held.version();
    }

    private static void awaitVersion(DeltaClient client, String typeUrl, String name, String prefix) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> version(client, typeUrl, name), version -> version.startsWith(prefix));
    }

    @Test
    void whatLiesOnTheTopicsReachesAStreamAndSoDoesWhatComesLater() {
        oneService();
        try (GatewayProcess gateway = ready("g1");
                DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1");
            awaitVersion(node, Types.CLUSTER, "a", "c7-");
            awaitVersion(node, Types.ASSIGNMENT, "a~1", "c0.e0-3-");

            log.assignments(hosts("a", 4, System.currentTimeMillis()));
            awaitVersion(node, Types.ASSIGNMENT, "a~1", "c0.e0-4-");
            log.resources(cluster("a", 2, 8), marker(2, 8, System.currentTimeMillis()));
            awaitVersion(node, Types.CLUSTER, "a", "c8-");

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> registry.get("tailrace.gateway.event.to.ack")
                                    .timer()
                                    .count()
                            == 2);
            assertThat(registry.get("tailrace.gateway.streams").gauge().value()).isEqualTo(1);
            assertThat(registry.get("tailrace.gateway.streams.waiting").gauge().value())
                    .isZero();
            assertThat(registry.get("tailrace.gateway.acks")
                            .tag("type", "Cluster")
                            .counter()
                            .count())
                    .isEqualTo(2);
            assertThat(registry.get("tailrace.gateway.view.age").gauge().value())
                    .isBetween(0.0, 30.0);
        }
    }

    @Test
    void halfAChangeIsNotSeen() {
        oneService();
        try (GatewayProcess gateway = ready("g1");
                DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1");
            awaitVersion(node, Types.CLUSTER, "a", "c7-");
            log.resources(cluster("a", 2, 8));
            // A load assignment that is written after it and has arrived shows that it was read.
            log.assignments(hosts("a", 4));
            awaitVersion(node, Types.ASSIGNMENT, "a~1", "c0.e0-4-");
            assertThat(version(node, Types.CLUSTER, "a")).startsWith("c7-");
            log.resources(marker(2, 8));
            awaitVersion(node, Types.CLUSTER, "a", "c8-");
        }
    }

    @Test
    void aChangeIsHeldBackUntilItsLoadAssignmentComes() {
        oneService();
        try (GatewayProcess gateway = ready("g1");
                DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1");
            awaitVersion(node, Types.CLUSTER, "a", "c7-");
            log.resources(list(M, "edge", Types.CLUSTER, "a", "b"), cluster("b", 1, 8), marker(2, 8));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> registry.get("tailrace.gateway.changes.waiting")
                                    .gauge()
                                    .value()
                            == 1);
            assertThat(node.of(Types.CLUSTER)).doesNotContainKey("b");
            log.assignments(hosts("b", 5));
            awaitVersion(node, Types.CLUSTER, "b", "c8-");
            assertThat(registry.get("tailrace.gateway.changes.late").counter().count())
                    .isZero();
        }
    }

    @Test
    void aGatewayThatStartsLaterGivesEqualBytesAndVersions() {
        oneService();
        try (GatewayProcess early = ready("g1");
                DeltaClient one = new DeltaClient(early.port(), "n1", "edge")) {
            one.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1");
            log.resources(cluster("a", 2, 8), marker(2, 8)).assignments(hosts("a", 4));
            log.resources(cluster("a", 1, 9), marker(3, 9));
            awaitVersion(one, Types.CLUSTER, "a", "c9-");
            awaitVersion(one, Types.ASSIGNMENT, "a~1", "c0.e0-4-");
            try (GatewayProcess late = ready("g2");
                    DeltaClient other = new DeltaClient(late.port(), "n2", "edge")) {
                other.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1");
                awaitVersion(other, Types.CLUSTER, "a", "c9-");
                awaitVersion(other, Types.ASSIGNMENT, "a~1", "c0.e0-4-");
                assertThat(other.of(Types.CLUSTER)).isEqualTo(one.of(Types.CLUSTER));
                assertThat(other.of(Types.ASSIGNMENT)).isEqualTo(one.of(Types.ASSIGNMENT));
            }
        }
    }

    @Test
    void aReconnectToARestartedGatewayGetsNothing() {
        oneService();
        Map<String, DeltaClient.Held> clusters;
        Map<String, DeltaClient.Held> assignments;
        try (GatewayProcess gateway = ready("g1");
                DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1");
            awaitVersion(node, Types.CLUSTER, "a", "c7-");
            awaitVersion(node, Types.ASSIGNMENT, "a~1", "c0.e0-3-");
            clusters = Map.copyOf(node.of(Types.CLUSTER));
            assignments = Map.copyOf(node.of(Types.ASSIGNMENT));
        }
        try (GatewayProcess gateway = ready("g1");
                DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER, clusters).subscribe(Types.ASSIGNMENT, assignments, "a~1");
            // A later change shows that everything before it was said.
            log.resources(cluster("a", 2, 8), marker(2, 8));
            awaitVersion(node, Types.CLUSTER, "a", "c8-");
            assertThat(node.responses)
                    .filteredOn(response -> response.getTypeUrl().equals(Types.CLUSTER))
                    .filteredOn(response -> response.getResourcesCount() > 0)
                    .hasSize(1);
            assertThat(node.responses).allMatch(response -> response.getRemovedResourcesCount() == 0);
            assertThat(node.responses)
                    .filteredOn(response -> response.getTypeUrl().equals(Types.ASSIGNMENT))
                    // Rule 23: the changed cluster brings its load assignment with it, once.
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aGatewayWithAnUnknownPartitionIsNotReadyAndDoesNotListen() {
        log.resources(marker(0, 3));
        try (GatewayProcess gateway = start("g1")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.notReady().orElse("").contains("assignments-0"));
            assertThatThrownBy(gateway::port).hasMessageContaining("doesn't listen");
            log.begun();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> gateway.notReady().isEmpty());
            assertThat(gateway.port()).isPositive();
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAtTheStart() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GatewaySettings settings =
                    GatewaySettings.of("g1", broker.kafka(), log.topics, "127.0.0.1", taken.getLocalPort());
            assertThatThrownBy(() -> GatewayProcess.start(settings, registry))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort()));
        }
    }

    private NodeReport node(String key) {
        FleetRecord record = log.fleet().get(key);
        return record == null ? NodeReport.getDefaultInstance() : record.getNode();
    }

    private static long configOf(List<Position> positions) {
        return positions.stream()
                .filter(position -> position.getInput() == Position.Input.CONFIG && position.getPartition() == 0)
                .mapToLong(Position::getOffset)
                .findFirst()
                .orElse(-1);
    }

    @Test
    void theFleetTopicSaysWhoIsConnectedWhatAllHaveAckedAndWhoRejectsWhat() {
        oneService();
        try (GatewayProcess gateway = ready("g1");
                DeltaClient node = new DeltaClient(gateway.port(), "n1", "edge")) {
            node.subscribe(Types.CLUSTER);
            await().atMost(Duration.ofSeconds(60)).until(() -> node("g1/n1").getConnected());
            assertThat(node("g1/n1").getGroup()).isEqualTo("edge");
            assertThat(node("g1/n1").getVariant()).isEqualTo("delta");
            awaitWatermark("g1", 7);

            node.rejecting("a");
            log.resources(cluster("a", 2, 8), marker(2, 8));
            await().atMost(Duration.ofSeconds(60)).until(() -> node("g1/n1").getRejectionsCount() == 1);
            NodeReport report = node("g1/n1");
            assertThat(report.getRejections(0).getMessage()).isEqualTo("I don't like it");
            assertThat(report.getRejections(0).getResources(0).getName()).isEqualTo("a");
            assertThat(report.getRejections(0).getResources(0).getVersion()).startsWith("c8-");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                FleetRecord record = Objects.requireNonNull(log.fleet().get("g1"));
                assertThat(record.getGateway().getLaggardsList())
                        .singleElement()
                        .satisfies(laggard -> {
                            assertThat(laggard.getNode()).isEqualTo("n1");
                            assertThat(configOf(laggard.getAckedList())).isEqualTo(7);
                        });
            });

            node.acceptingAll();
            log.resources(cluster("a", 3, 9), marker(3, 9));
            await().atMost(Duration.ofSeconds(60)).until(() -> node("g1/n1").getRejectionsCount() == 0);
            awaitWatermark("g1", 9);

            node.disconnect();
            await().atMost(Duration.ofSeconds(60)).until(() -> !node("g1/n1").getConnected());
        }
        assertThat(log.fleet()).isEmpty();
    }

    @Test
    void whatAKilledRunOfTheGatewayLeftOnTheFleetTopicIsTakenOff() {
        oneService();
        FleetRecord left = FleetRecord.newBuilder()
                .setNode(NodeReport.newBuilder()
                        .setNode("ghost")
                        .setConnected(true)
                        .setIncarnation("killed"))
                .build();
        log.fleet("g1/ghost", left).fleet("g2/other", left);
        try (GatewayProcess gateway = ready("g1")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> !log.fleet().containsKey("g1/ghost"));
            assertThat(log.fleet()).containsKey("g2/other");
            assertThat(gateway.stale()).isEmpty();
        }
    }

    private void awaitWatermark(String gateway, long revision) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            FleetRecord record = log.fleet().get(gateway);
            return record != null
                    && record.getGateway().getLaggardsCount() == 0
                    && configOf(record.getGateway().getWatermarkList()) == revision;
        });
    }
}
