package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.TranslatorProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Both lanes on a real broker: what is published comes out, through restarts and losses. Each test has its own topics. */
class TranslatorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String SHOP = """
            kind: Gateway
            metadata: {name: web}
            spec:
              groups: [edge]
              listeners: [{name: http, port: 8080, protocol: HTTP}]
            ---
            kind: HTTPRoute
            metadata: {name: shop}
            spec:
              parentRefs: [{name: web}]
              rules: [{backendRefs: [{name: shop, port: 80}]}]
            ---
            kind: Service
            metadata: {name: shop}
            spec:
              ports: [{name: http, port: 80}]
            ---
            kind: Endpoint
            metadata: {name: one}
            spec: {service: shop, address: 10.0.0.1, ports: {http: 8081}}
            """;

    private static KafkaBroker broker;

    @TempDir
    Path folder;

    private Topics topics;
    private LogClient log;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.start();
        // A lane's thread ends by an exception when a topic is made anew under it, and is replaced.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
        create();
        log = new LogClient(broker.kafka(), topics);
    }

    @AfterEach
    void closeClient() {
        log.close();
    }

    @Test
    void whatIsPublishedComesOut() {
        log.put(SHOP);
        try (TranslatorProcess translator = start()) {
            awaitEndpoint("10.0.0.1");
            // A lane says what it can while another of its threads still joins.
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(translator.health().notReady()).isEmpty());
            assertThat(log.standing(Topic.RESOURCES).keySet())
                    .anyMatch(key -> key.contains("envoy.config.listener.v3.Listener/edge/0.0.0.0_8080"))
                    .anyMatch(key -> key.contains("envoy.config.route.v3.RouteConfiguration/edge/8080"))
                    .anyMatch(key -> key.contains("envoy.config.cluster.v3.Cluster//default%2Fshop%2F80"));

            log.put(SHOP.replace("10.0.0.1", "10.0.0.2"));

            awaitEndpoint("10.0.0.2");
            assertThat(text(Topic.ASSIGNMENTS)).noneMatch(text -> text.contains("10.0.0.1"));
        }
    }

    @Test
    void everyPartitionHasAMarkerBeforeThereIsAnyEvent() {
        try (TranslatorProcess _ = start()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(log.standing(Topic.RESOURCES).keySet()).containsExactly("0 marker", "1 marker");
                assertThat(log.standing(Topic.ASSIGNMENTS).keySet())
                        .containsExactly("0 marker", "1 marker", "2 marker");
            });
        }
    }

    @Test
    void aRestartGoesOnWhereItWas() {
        SortedMap<String, String> before;
        try (TranslatorProcess _ = start()) {
            log.put(SHOP);
            awaitEndpoint("10.0.0.1");
            before = content();
        }
        int written = records().size();
        log.put(SHOP.replace("10.0.0.1", "10.0.0.2"));

        try (TranslatorProcess _ = start()) {
            awaitEndpoint("10.0.0.2");
        }

        assertThat(records().subList(written, records().size()))
                .as("nothing but the assignment is written again")
                .hasSize(1);
        assertThat(content().keySet()).isEqualTo(before.keySet());
    }

    @Test
    void aLostOutputIsWrittenAgainWithTheSameContent() {
        try (TranslatorProcess _ = start()) {
            log.put(SHOP);
            awaitEndpoint("10.0.0.1");
            SortedMap<String, String> before = content();

            delete(topics.name(Topic.RESOURCES));
            delete(topics.name(Topic.ASSIGNMENTS));
            create();

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(content()).isEqualTo(before));
            assertThat(records()).as("each is written once").doesNotHaveDuplicates();
            log.put(SHOP.replace("10.0.0.1", "10.0.0.2"));
            awaitEndpoint("10.0.0.2");
        }
    }

    @Test
    void lostPoliciesAreWrittenAgainAndNoGatewayHearsOfIt() {
        try (TranslatorProcess _ = start()) {
            log.put(SHOP);
            awaitEndpoint("10.0.0.1");
            int written = records().size();

            delete(topics.name(Topic.POLICIES));
            create();

            await().atMost(PATIENCE).until(() -> !log.standing(Topic.POLICIES).isEmpty());
            log.put(SHOP.replace("10.0.0.1", "10.0.0.2"));
            awaitEndpoint("10.0.0.2");
            assertThat(records().subList(written, records().size())).hasSize(1);
            log.put(SHOP.replace("port: 80}", "port: 80}, {name: admin, port: 81}"));
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(log.standing(Topic.ASSIGNMENTS).keySet())
                                    .anyMatch(key -> key.contains("shop%2F81~")));
        }
    }

    @Test
    void whatALostInputHadBroughtStaysInForceUntilItsLossIsAccepted() {
        SortedMap<String, String> before;
        try (TranslatorProcess translator = start()) {
            log.put(SHOP);
            awaitEndpoint("10.0.0.1");
            before = content();
            int written = records().size();

            delete(topics.name(Topic.CONFIG));
            delete(topics.name(Topic.ENDPOINTS));
            create();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    translator.health().trouble().orElse(""))
                            .contains(topics.name(Topic.CONFIG), topics.name(Topic.ENDPOINTS), "--accept-lost-inputs"));
            await().atMost(PATIENCE).until(() -> translator.health().notReady().isEmpty());
            // As connectors publish what they have; in the meantime one endpoint left and another came.
            log.close();
            log = new LogClient(broker.kafka(), topics);
            log.put(SHOP.replace("metadata: {name: one}", "metadata: {name: two}")
                    .replace("10.0.0.1", "10.0.0.2"));
            awaitEndpoint("10.0.0.2");
            assertThat(text(Topic.ASSIGNMENTS)).anyMatch(text -> text.contains("10.0.0.1"));
            assertThat(records().subList(written, records().size()))
                    .as("but for the assignment nothing is another")
                    .hasSize(1);
        }

        try (TranslatorProcess translator = start(settings().acceptingLostInputs())) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(text(Topic.ASSIGNMENTS)).noneMatch(text -> text.contains("10.0.0.1")));
            assertThat(text(Topic.ASSIGNMENTS)).anyMatch(text -> text.contains("10.0.0.2"));
            // The other lane may not be through yet, nor know yet that it has lost anything.
            await().atMost(PATIENCE).until(() -> translator.health().notReady().isEmpty());
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(translator.health().trouble()).isEmpty());
        }
        assertThat(content().keySet()).isEqualTo(before.keySet());

        try (TranslatorProcess translator = start()) {
            log.put(SHOP.replace("10.0.0.1", "10.0.0.3"));
            awaitEndpoint("10.0.0.3");
            assertThat(translator.health().trouble()).isEmpty();
        }
    }

    @Test
    void lostStoresAreReadAnewInSilence() {
        SortedMap<String, String> before;
        try (TranslatorProcess _ = start()) {
            for (int i = 9; i >= 1; i--) {
                log.put(SHOP.replace("10.0.0.1", "10.0.0." + i));
            }
            awaitEndpoint("10.0.0.1");
            before = content();
        }
        int written = records().size();
        long sequence = sequence();
        forgetStores();

        try (TranslatorProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> sequence() > sequence);
            log.put(SHOP.replace("10.0.0.1", "10.0.0.2"));
            awaitEndpoint("10.0.0.2");
        }

        assertThat(records().subList(written, records().size())).hasSize(1);
        assertThat(content().keySet()).isEqualTo(before.keySet());
    }

    @Test
    void anotherCodeTranslatesAnewAndWritesTheDifferenceOnly() {
        try (TranslatorProcess _ = start()) {
            log.put(SHOP);
            awaitEndpoint("10.0.0.1");
        }
        int written = records().size();
        long sequence = sequence();
        LaneDefinition old = Lanes.CONFIG.definition();
        LaneDefinition newer = old.withCode(old.code() + 1);

        try (RunningLane lane = new RunningLane(newer, settings(), new SimpleMeterRegistry())) {
            lane.start();
            await().atMost(PATIENCE).until(() -> sequence() > sequence);
        }

        assertThat(records()).hasSize(written);
    }

    @Test
    void aVeryLargeChangeThatIsCutShortIsWholeAfterTheNextStart() {
        int count = 4_000;
        String groups = IntStream.range(0, count).mapToObj(i -> "g" + i).collect(Collectors.joining(", "));
        try (TranslatorProcess _ = start()) {
            await().atMost(PATIENCE).until(() -> sequence() > 0);
            log.put(SHOP.replace("edge", groups));
            await().atMost(PATIENCE).until(() -> log.standing(Topic.RESOURCES).size() > 1_000);
        }
        log.put(SHOP.replace("edge", groups).replace("10.0.0.1", "10.0.0.2"));

        try (TranslatorProcess _ = start()) {
            awaitEndpoint("10.0.0.2");
            await().atMost(PATIENCE).untilAsserted(() -> {
                List<ResourceRecord> standing = log.standing(Topic.RESOURCES).values().stream()
                        .map(LaneDriver::resource)
                        .toList();
                assertThat(standing).filteredOn(ResourceRecord::hasGroup).hasSize(count);
                // A listener and routes for each, and the cluster that they share.
                assertThat(standing).filteredOn(ResourceRecord::hasBody).hasSize(2 * count + 1);
            });
        }
    }

    private TranslatorProcess start() {
        return start(settings());
    }

    private static TranslatorProcess start(TranslatorSettings settings) {
        return TranslatorProcess.start(settings, new SimpleMeterRegistry());
    }

    private TranslatorSettings settings() {
        return TranslatorSettings.embedded(broker.kafka(), topics, folder);
    }

    private void awaitEndpoint(String address) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text(Topic.ASSIGNMENTS)).anyMatch(text -> text.contains(address)));
    }

    private List<String> text(Topic topic) {
        return log.standing(topic).values().stream()
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    /** Content hashes of all bodies and assignments, by key: the version without its position. */
    private SortedMap<String, String> content() {
        SortedMap<String, String> content = new TreeMap<>();
        log.standing(Topic.RESOURCES).forEach((key, value) -> {
            ResourceRecord record = LaneDriver.resource(value);
            if (record.hasBody()) {
                content.put(key, Version.parse(record.getBody().getVersion()).contentHash());
            } else if (!record.hasMarker()) {
                content.put(key, record.toString());
            }
        });
        log.standing(Topic.ASSIGNMENTS).forEach((key, value) -> {
            AssignmentRecord record = EndpointLaneTopologyTest.record(value);
            if (record.hasAssignment()) {
                content.put(
                        key, Version.parse(record.getAssignment().getVersion()).contentHash());
            }
        });
        return content;
    }

    /** All that was ever written to the outputs of gateways, but for markers. */
    private List<String> records() {
        return List.of(Topic.RESOURCES, Topic.ASSIGNMENTS).stream()
                .flatMap(topic -> log.records(topic).stream())
                .map(TranslatorIT::keyOf)
                .filter(key -> !key.equals("marker"))
                .toList();
    }

    /** Of the newest markers the lowest sequence among partitions of resources, which grows with every rebuild. */
    private long sequence() {
        return log.standing(Topic.RESOURCES).values().stream()
                .map(LaneDriver::resource)
                .filter(ResourceRecord::hasMarker)
                .mapToLong(record -> record.getMarker().getSequence())
                .min()
                .orElse(0);
    }

    private static String keyOf(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private void create() {
        try (Admin admin = Admin.create(broker.kafka())) {
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                new TopicAdmin(admin, topics).create(new PartitionCounts(2, 3));
                return true;
            });
        }
    }

    private void delete(String topic) {
        try (Admin admin = Admin.create(broker.kafka())) {
            admin.deleteTopics(List.of(topic))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /** As an application reset does: changelogs and committed offsets are gone. */
    private void forgetStores() {
        try (Admin admin = Admin.create(broker.kafka())) {
            for (Lanes lane : Lanes.values()) {
                LaneTopology.storeNames(lane.definition())
                        .forEach(store -> delete(LaneEnvironment.changelog(topics, lane.definition(), store)));
                String group = topics.prefix() + lane.id();
                await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                    admin.deleteConsumerGroups(List.of(group)).all().get();
                    return true;
                });
            }
        }
    }
}
