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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.gateway.tail.TopicRecords.Row;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a running gateway does when Kafka is away, or comes back with other topics. */
@ExtendWith(RecordedStreams.class)
class GatewayOutageIT {
    private static final String M = "default";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private KafkaBroker broker;
    private TestLog log;
    private GatewayProcess gateway;
    private DeltaClient node;

    @BeforeEach
    void oneServiceIsServed() {
        broker = KafkaBroker.start();
        log = new TestLog(broker, "outage");
        writeAll();
        gateway = GatewayProcess.start(GatewaySettings.of("g1", broker.kafka(), log.topics, "127.0.0.1", 0), registry);
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.notReady().isEmpty());
        node = new DeltaClient(gateway.port(), "n1", "edge");
        node.subscribe(Types.CLUSTER).subscribe(Types.ASSIGNMENT, "a~1", "b~1");
        awaitCluster("a", "c7-");
    }

    @AfterEach
    void close() {
        node.close();
        gateway.close();
        log.close();
        broker.close();
    }

    private void writeAll() {
        log.begun()
                .assignments(hosts("a"), hosts("b"))
                .resources(
                        group(M, "edge"),
                        list(M, "edge", Types.CLUSTER, "a", "b"),
                        cluster("a", "one", 7),
                        cluster("b", "one", 7),
                        marker(1, 7));
    }

    private static Row cluster(String name, String text, long revision) {
        return body(M, Types.CLUSTER, name, ByteString.copyFromUtf8(text), revision, toAssignment(name + "~1"));
    }

    private static Row hosts(String cluster) {
        return assignment(M, cluster + "~1", ByteString.copyFromUtf8("hosts"), 3, 0);
    }

    private void awaitCluster(String name, String prefix) {
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            DeltaClient.Held held = node.of(Types.CLUSTER).get(name);
            return held != null && held.version().startsWith(prefix);
        });
    }

    @Test
    void withoutKafkaItGoesOnServingSaysSoAndCatchesUpLater() {
        broker.stop();
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.stale().isPresent());
        assertThat(gateway.notReady()).isEmpty();
        assertThat(gateway.notLive()).isEmpty();
        try (DeltaClient late = new DeltaClient(gateway.port(), "n2", "edge")) {
            late.subscribe(Types.CLUSTER);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> late.of(Types.CLUSTER).size() == 2);
        }
        assertThat(registry.get("tailrace.gateway.view.age").gauge().value()).isGreaterThan(0);

        broker.restart();
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.stale().isEmpty());
        log.resources(cluster("a", "two", 8), marker(2, 8));
        awaitCluster("a", "c8-");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> log.fleet().containsKey("g1/n1") && log.fleet().containsKey("g1"));
    }

    @Test
    void topicsMadeAnewAreReadAnewAndNodesHearOnlyOfWhatDiffers() throws Exception {
        int before = node.responses.size();
        try (Admin admin = broker.admin()) {
            admin.deleteTopics(List.of(log.topics.name(Topic.RESOURCES), log.topics.name(Topic.ASSIGNMENTS)))
                    .all()
                    .get();
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.stale().isPresent());
        log.close();
        log = new TestLog(broker, "outage");
        // What was there under other positions, but for one cluster; and sequences that begin anew.
        log.begun()
                .assignments(hosts("a"), hosts("b"))
                .resources(
                        group(M, "edge"),
                        list(M, "edge", Types.CLUSTER, "a", "b"),
                        cluster("a", "one", 2),
                        cluster("b", "two", 2),
                        marker(1, 2));
        awaitCluster("b", "c2-");
        await().atMost(Duration.ofSeconds(60)).until(() -> gateway.stale().isEmpty());
        assertThat(node.of(Types.CLUSTER).get("a"))
                .extracting("version")
                .asString()
                .startsWith("c7-");
        assertThat(node.responses.subList(before, node.responses.size()))
                .filteredOn(response -> response.getTypeUrl().equals(Types.CLUSTER))
                .singleElement()
                .satisfies(response -> {
                    assertThat(response.getResourcesList()).extracting("name").containsExactly("b");
                    assertThat(response.getRemovedResourcesList()).isEmpty();
                });
    }
}
