package io.tailrace.cli.past;

import io.tailrace.schemas.testing.KafkaBroker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** A cluster on which an hour of the topics' settings is a second, whatever those settings are. */
final class ShortHours {
    /** What the broker needs for it. */
    static final Map<String, String> BROKER = Map.of(
            "log.cleaner.backoff.ms", "100", "log.index.size.max.bytes", "65536", "broker.session.timeout.ms", "30000");

    private static final long SHORTER = Duration.ofHours(1).toSeconds();
    private static final List<String> TIMES = List.of(
            TopicConfig.SEGMENT_MS_CONFIG,
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            TopicConfig.FILE_DELETE_DELAY_MS_CONFIG);

    private final KafkaBroker broker;
    private @Nullable CleanerCanary canary;

    ShortHours(KafkaBroker broker) {
        this.broker = broker;
    }

    /** Of all topics that there are, and of a canary with the settings of {@code like}. */
    void begin(Collection<String> topics, String like) {
        try (Admin admin = broker.admin()) {
            canary = new CleanerCanary(broker, settings(admin, List.of(like)).getOrDefault(like, Map.of()));
            Set<String> all = new HashSet<>(topics);
            all.add(CleanerCanary.TOPIC);
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            settings(admin, all).forEach((topic, settings) -> changes.put(resource(topic), shorter(settings)));
            get(admin.incrementalAlterConfigs(changes).all());
        }
    }

    /** As {@link CleanerCanary#awaitCleaner} says, once the short hours have begun. */
    void awaitCleaner(Runnable meanwhile) {
        Objects.requireNonNull(canary).awaitCleaner(meanwhile);
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
