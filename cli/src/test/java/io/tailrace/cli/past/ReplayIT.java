package io.tailrace.cli.past;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.TranslatorProcess;
import io.tailrace.translator.past.LogState;
import io.tailrace.translator.past.Past;
import io.tailrace.translator.streams.TranslatorSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A moment that is replayed is what a gateway served then, also when the cleaner has taken away what is older. */
class ReplayIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int OLD_CHANGES = 30;
    private static final int CHANGES = 200;
    private static final int REPLAYED = 50;
    private static final List<Topic> INPUTS = List.of(Topic.CONFIG, Topic.ENDPOINTS);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final RandomChanges changes = new RandomChanges(seed);
    private final Map<Topic, Integer> written = new EnumMap<>(Topic.class);

    @Test
    void aMomentIsWhatAGatewayServedThen(@TempDir Path folder) throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(ShortHours.BROKER)) {
            createTopics(broker);
            Publisher publisher = new Publisher(PublisherConfig.ofCommand(broker.kafka(), Topics.DEFAULT, "test"));
            TranslatorSettings settings = TranslatorSettings.embedded(broker.kafka(), Topics.DEFAULT, folder);
            int partition = Partitions.byMesh("default", PartitionCounts.EMBEDDED.byMesh());
            try (publisher;
                    TranslatorProcess translator = TranslatorProcess.start(settings, new SimpleMeterRegistry());
                    Served served = new Served(broker.kafka(), partition)) {
                await().atMost(PATIENCE)
                        .until(() -> translator.health().notReady().isEmpty());
                publish(publisher, served, OLD_CHANGES);
                awaitCompaction(broker, publisher, served);
                setWindow(broker, Duration.ofHours(1));
                int old = served.moments().size();
                publish(publisher, served, CHANGES);
                Map<Topic, Integer> kept = records(broker);
                List<Served.Moment> moments = new ArrayList<>(
                        served.moments().subList(old, served.moments().size()));
                assertThat(moments.size()).isGreaterThan(REPLAYED);
                Collections.shuffle(moments, new Random(seed));
                check(broker, moments.subList(0, REPLAYED / 2));
                Map<String, String> soon = new HashMap<>(cleanedSoon(Duration.ZERO));
                soon.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, "1");
                new CleanerCanary(broker, soon).awaitCleaner(() -> {});

                assertThat(records(broker))
                        .as("nothing inside the window is taken away")
                        .isEqualTo(kept);
                check(broker, moments.subList(0, REPLAYED));
            }
        }
    }

    /** In one reading of the log, as {@code diff} does it for its two moments. */
    private void check(KafkaBroker broker, List<Served.Moment> moments) {
        StringWriter said = new StringWriter();
        AtomicLong hours = new AtomicLong();
        ProgressLine progress = new ProgressLine(
                new PrintWriter(said),
                () -> Duration.ofHours(hours.incrementAndGet()).toNanos());
        PastLog log = PastLog.open(broker.kafka(), Topics.DEFAULT, "default", progress);
        List<LogState> states = log.at(moments.stream()
                .map(moment -> Moment.parse("--at", moment.position().text(), Instant.EPOCH))
                .toList());
        assertThat(said.toString())
                .as("a long replay says how far it is")
                .containsPattern("replaying, [0-9]+ events: ");
        for (int i = 0; i < moments.size(); i++) {
            assertThat(hashes(new Past(states.get(i))))
                    .as("position %s, -Dseed=%d", moments.get(i).position(), seed)
                    .isEqualTo(moments.get(i).groups());
        }
    }

    private static Map<Topic, Integer> records(KafkaBroker broker) {
        Map<Topic, Integer> records = new EnumMap<>(Topic.class);
        INPUTS.forEach(input -> records.put(input, records(broker, Topics.DEFAULT.name(input))));
        return records;
    }

    private void publish(Publisher publisher, Served served, int count) {
        for (int i = 0; i < count; i++) {
            ChangeEvent change = changes.next(publisher);
            Published published = publish(publisher, change);
            written.merge(published.topic(), 1, Integer::sum);
            await(change.key() + " is served")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> served.covers(published));
        }
    }

    /** Again, if a transaction took too long; a change that is on the log twice is one more moment to replay. */
    private static Published publish(Publisher publisher, ChangeEvent change) {
        return await("the log takes " + change.key())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(1))
                .ignoreExceptionsInstanceOf(PublishFailedException.class)
                .until(() -> publisher.publish(List.of(change)).getFirst(), _ -> true);
    }

    private static SortedMap<String, SortedMap<String, String>> hashes(Past past) {
        SortedMap<String, SortedMap<String, String>> groups = new TreeMap<>();
        past.groups().forEach(group -> {
            SortedMap<String, String> hashes = new TreeMap<>();
            past.resources(group)
                    .forEach((name, resource) ->
                            hashes.put(name.typeUrl() + " " + name.name(), Deterministic.hash16(resource.bytes())));
            if (!hashes.isEmpty()) {
                groups.put(group, hashes);
            }
        });
        return groups;
    }

    /** Changes go on until the cleaner has taken some of the old ones away: it leaves the newest segment alone. */
    private void awaitCompaction(KafkaBroker broker, Publisher publisher, Served served) {
        await("the cleaner has run").atMost(PATIENCE).until(() -> {
            publish(publisher, served, 1);
            return INPUTS.stream()
                    .allMatch(input -> records(broker, Topics.DEFAULT.name(input)) < written.getOrDefault(input, 0));
        });
    }

    private static int records(KafkaBroker broker, String topic) {
        AtomicInteger records = new AtomicInteger();
        LogReader.readTopicsToEnd(broker.kafka(), List.of(topic), record -> records.incrementAndGet(), progress -> {});
        return records.get();
    }

    private static void createTopics(KafkaBroker broker) {
        try (Admin admin = broker.admin()) {
            new TopicAdmin(admin, Topics.DEFAULT).create(PartitionCounts.EMBEDDED);
        }
        setWindow(broker, Duration.ZERO);
    }

    /** Returns when the window is in force. */
    private static void setWindow(KafkaBroker broker, Duration window) {
        try (Admin admin = broker.admin()) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (Topic input : INPUTS) {
                changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, Topics.DEFAULT.name(input)),
                        cleanedSoon(window).entrySet().stream()
                                .map(each -> new AlterConfigOp(
                                        new ConfigEntry(each.getKey(), each.getValue()), AlterConfigOp.OpType.SET))
                                .toList());
            }
            get(admin.incrementalAlterConfigs(changes).all());
            TopicAdmin topics = new TopicAdmin(admin, Topics.DEFAULT);
            await().atMost(PATIENCE)
                    .until(() -> INPUTS.stream()
                            .allMatch(input -> topics.auditWindow(input).equals(window)));
        }
    }

    private static Map<String, String> cleanedSoon(Duration window) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_MS_CONFIG,
                window.isZero() ? "100" : "1000",
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                "0.001",
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
                Long.toString(window.toMillis()));
    }

    private static void get(KafkaFuture<Void> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }
}
