package io.tailrace.translator.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Two translators, each a process of its own, share the work of one cluster, and one of them goes in the middle of it. */
class TakeoverIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final PartitionCounts COUNTS = new PartitionCounts(4, 6);
    private static final int SERVICES = 12;
    // Two that don't share a partition.
    private static final String MESH = "default";
    private static final String OTHER_MESH = IntStream.range(0, 100)
            .mapToObj(i -> "mesh" + i)
            .filter(mesh -> Partitions.byMesh(mesh, 4) != Partitions.byMesh(MESH, 4))
            .findFirst()
            .orElseThrow();

    private static KafkaBroker broker;

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final Map<TopicPartition, Long> written = new HashMap<>();
    private Topics topics;

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
        topics = new Topics(test.getTestMethod().orElseThrow().getName() + ".");
        try (Admin admin = broker.admin()) {
            new TopicAdmin(admin, topics).create(COUNTS);
        }
    }

    @Test
    void whatAKilledTranslatorHadIsTakenOverAndNothingIsLostOrStale() throws Exception {
        try (LogClient log = new LogClient(broker.kafka(), topics);
                MarkerWatch watch = new MarkerWatch(broker.kafka(), topics);
                TranslatorChild one = start("one");
                TranslatorChild _ = start("two")) {
            world(log);
            awaitSharedBy("one", "two");
            awaitPassed(watch);
            changes(log, 300);

            one.kill();
            long killedNs = System.nanoTime();
            changes(log, 300);
            awaitPassed(watch);
            report("killed", killedNs);

            changes(log, 100);
            awaitPassed(watch);
            assertThat(watch.steppedBack()).isEmpty();
            FromScratch.assertStanding(log, List.of(MESH, OTHER_MESH));
        }
    }

    @Test
    void aTranslatorThatWasStoppedAndGoesOnAfterAnotherTookOverWritesNothingThatIsKept() throws Exception {
        try (LogClient log = new LogClient(broker.kafka(), topics);
                MarkerWatch watch = new MarkerWatch(broker.kafka(), topics);
                TranslatorChild one = start("one");
                TranslatorChild _ = start("two")) {
            world(log);
            awaitSharedBy("one", "two");
            awaitPassed(watch);
            changes(log, 300);

            one.stop();
            long stoppedNs = System.nanoTime();
            changes(log, 300);
            awaitPassed(watch);
            report("stopped", stoppedNs);

            one.goOn();
            changes(log, 300);
            awaitPassed(watch);
            awaitSharedBy("one", "two");
            changes(log, 100);
            awaitPassed(watch);
            assertThat(one.isAlive()).isTrue();
            assertThat(watch.steppedBack()).isEmpty();
            FromScratch.assertStanding(log, List.of(MESH, OTHER_MESH));
        }
    }

    private TranslatorChild start(String instance) {
        return TranslatorChild.start(broker.bootstrapServers(), topics, instance, folder);
    }

    private void world(LogClient log) {
        for (String mesh : List.of(MESH, OTHER_MESH)) {
            put(log, """
                    kind: Gateway
                    metadata: {mesh: %s, name: web}
                    spec:
                      groups: [edge]
                      listeners: [{name: http, port: 8080, protocol: HTTP}]
                    """.formatted(mesh));
            for (int i = 0; i < SERVICES; i++) {
                put(log, """
                        kind: Service
                        metadata: {mesh: %s, name: s%d}
                        spec: {ports: [{name: http, port: 80}]}
                        """.formatted(mesh, i));
                route(log, mesh, i, 0);
            }
        }
    }

    /** Mostly endpoints, that come, change and go; now and then a route. */
    private void changes(LogClient log, int count) {
        for (int i = 0; i < count; i++) {
            String mesh = random.nextBoolean() ? MESH : OTHER_MESH;
            int service = random.nextInt(SERVICES);
            int instance = random.nextInt(10);
            switch (random.nextInt(10)) {
                case 0 -> route(log, mesh, service, random.nextInt(1_000));
                case 1, 2 ->
                    note(
                            Topic.ENDPOINTS,
                            log.delete(ObjectKey.parse(mesh + "/Endpoint/default/s" + service + "/test/i" + instance)));
                default -> put(log, """
                        kind: Endpoint
                        metadata: {mesh: %s, name: i%d}
                        spec: {service: s%d, source: test, address: 10.0.%d.%d, weight: %d, ports: {http: 8080}}
                        """.formatted(mesh, instance, service, service, instance, 1 + random.nextInt(100)));
            }
        }
    }

    private void route(LogClient log, String mesh, int service, int variant) {
        put(log, """
                kind: HTTPRoute
                metadata: {mesh: %s, name: r%d}
                spec:
                  parentRefs: [{name: web}]
                  rules:
                  - matches: [{path: {type: PathPrefix, value: /s%d/v%d}}]
                    backendRefs: [{name: s%d, port: 80}]
                """.formatted(mesh, service, service, variant, service));
    }

    private void put(LogClient log, String yaml) {
        LogClient.objects(yaml).forEach(object -> note(Topic.of(ObjectKey.of(object)), log.put(object)));
    }

    private void note(Topic topic, RecordMetadata where) {
        written.merge(new TopicPartition(topics.name(topic), where.partition()), where.offset(), Math::max);
    }

    private void awaitPassed(MarkerWatch watch) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> watch.hasPassed(written));
    }

    private void report(String what, long sinceNs) {
        System.out.println("TakeoverIT: " + what + ", all that was written since is in effect after "
                + (System.nanoTime() - sinceNs) / 1_000_000 + " ms");
    }

    /** Each has partitions of both lanes. */
    private void awaitSharedBy(String... instances) {
        try (Admin admin = broker.admin()) {
            for (Lanes lane : Lanes.values()) {
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(instances)
                                .allMatch(instance -> hasPartitions(admin, topics.prefix() + lane.id(), instance)));
            }
        }
    }

    private static boolean hasPartitions(Admin admin, String group, String instance) {
        try {
            return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                    .flatMap(description -> description.members().stream())
                    .filter(member -> member.groupInstanceId().orElse("").startsWith(instance + "-"))
                    .anyMatch(member -> !member.assignment().topicPartitions().isEmpty());
        } catch (ExecutionException e) {
            return false; // there is no such group yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
