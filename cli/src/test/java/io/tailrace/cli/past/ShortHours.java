package io.tailrace.cli.past;

import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A cluster on which an hour of the topics' settings is a second, whatever those settings are. */
final class ShortHours {
    /** What the broker needs for it. */
    static final Map<String, String> BROKER = Map.of(
            "log.cleaner.backoff.ms", "100", "log.index.size.max.bytes", "65536", "broker.session.timeout.ms", "30000");

    private static final long SHORTER = Duration.ofHours(1).toSeconds();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String CANARY = "canary";
    private static final List<String> TIMES = List.of(
            TopicConfig.SEGMENT_MS_CONFIG,
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG);

    private final KafkaBroker broker;
    private final AtomicInteger canaries = new AtomicInteger();

    ShortHours(KafkaBroker broker) {
        this.broker = broker;
    }

    /** Of all topics that there are, and of a canary with the settings of {@code like}. */
    void begin(Collection<String> topics, String like) {
        try (Admin admin = broker.admin()) {
            Map<String, String> kept =
                    new HashMap<>(settings(admin, List.of(like)).get(like));
            get(admin.createTopics(List.of(new NewTopic(CANARY, 1, (short) 1).configs(kept)))
                    .all());
            Set<String> all = new HashSet<>(topics);
            all.add(CANARY);
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            settings(admin, all).forEach((topic, settings) -> changes.put(resource(topic), shorter(settings)));
            get(admin.incrementalAlterConfigs(changes).all());
        }
    }

    /**
     * Returns when the cleaner has taken away a canary's first record and the tombstone behind it, in two runs: it cleans
     * what is dirtiest first, so it has done the same to all that was written before. {@code meanwhile} goes on: the
     * newest segment is never cleaned.
     */
    void awaitCleaner(Runnable meanwhile) {
        byte[] first = key();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, first, first);
            send(producer, first, null);
            await("the cleaner has run")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        producer.send(new ProducerRecord<>(CANARY, key(), first))
                                .get();
                        meanwhile.run();
                        return !keys().contains(text(first));
                    });
        }
    }

    private static void send(Producer<byte[], byte[]> producer, byte[] key, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(CANARY, key, value));
    }

    private byte[] key() {
        return Integer.toString(canaries.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        LogReader.readTopicsToEnd(broker.kafka(), List.of(CANARY), record -> keys.add(text(record.key())), _ -> {});
        return keys;
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    private static Map<String, Map<String, String>> settings(Admin admin, Collection<String> topics) {
        Map<ConfigResource, Config> answers = get(
                admin.describeConfigs(topics.stream().map(ShortHours::resource).toList())
                        .all());
        Map<String, Map<String, String>> all = new HashMap<>();
        answers.forEach((topic, config) -> {
            Map<String, String> settings = new HashMap<>();
            config.entries().stream()
                    .filter(entry -> !entry.isReadOnly())
                    .forEach(entry -> settings.put(entry.name(), entry.value()));
            all.put(topic.name(), settings);
        });
        return all;
    }

    private static Collection<AlterConfigOp> shorter(Map<String, String> settings) {
        return TIMES.stream()
                .map(name -> new ConfigEntry(
                        name, Long.toString(Math.max(1, Long.parseLong(settings.getOrDefault(name, "0")) / SHORTER))))
                .map(entry -> new AlterConfigOp(entry, AlterConfigOp.OpType.SET))
                .toList();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T get(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
