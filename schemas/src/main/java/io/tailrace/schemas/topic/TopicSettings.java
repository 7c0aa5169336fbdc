package io.tailrace.schemas.topic;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.config.TopicConfig;

/** The settings of topics, each with its reason, by what a topic is for. Sorted by name. */
final class TopicSettings {
    /** The largest record of an input. */
    static final int INPUT_BYTES = 8 << 20;

    /** The largest record of what is made from inputs: such a record again, with what is said about it. */
    static final int OUTPUT_BYTES = 9 << 20;

    private TopicSettings() {}

    static SortedMap<String, String> of(Topic topic) {
        return switch (topic) {
            case INBOX -> queue(INPUT_BYTES);
            case CONFIG -> input(Duration.ofDays(90));
            case ENDPOINTS -> input(Duration.ofDays(7));
            case SECRETS -> input(Duration.ZERO);
            case POLICIES, RESOURCES, ASSIGNMENTS, FLEET, STATUS -> output();
            case DEAD_LETTERS -> queue(OUTPUT_BYTES);
        };
    }

    /** A queue: what is older than seven days goes, processed or not. */
    private static SortedMap<String, String> queue(int maxBytes) {
        SortedMap<String, String> settings = common(maxBytes);
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        settings.put(TopicConfig.RETENTION_MS_CONFIG, millis(Duration.ofDays(7)));
        return settings;
    }

    /** State and its history: nothing younger than the audit window is compacted, so any moment in it can be replayed. */
    private static SortedMap<String, String> input(Duration auditWindow) {
        SortedMap<String, String> settings = common(INPUT_BYTES);
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(auditWindow));
        // A connector that was away for less sees every deletion.
        settings.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(Duration.ofDays(7)));
        return settings;
    }

    /**
     * State alone, kept small, since whoever starts reads it from the beginning: transactions leave control records, and
     * only compaction takes them away (40,000 commits left 3.3 MB of them around 116 live records). Who has not polled
     * for 15 minutes reads anew.
     */
    private static SortedMap<String, String> output() {
        SortedMap<String, String> settings = common(OUTPUT_BYTES);
        settings.putAll(compaction());
        settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return settings;
    }

    /** The settings of {@link #output} that changelogs of Kafka Streams need as well. */
    static SortedMap<String, String> changelog() {
        SortedMap<String, String> settings = compaction();
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(OUTPUT_BYTES));
        return settings;
    }

    private static SortedMap<String, String> compaction() {
        return new TreeMap<>(Map.of(
                TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofMinutes(15)),
                TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG, millis(Duration.ofMinutes(30)),
                TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofMinutes(5)),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
                TopicConfig.DELETE_RETENTION_MS_CONFIG, millis(Duration.ofHours(1))));
    }

    private static SortedMap<String, String> common(int maxBytes) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
        // Compaction goes by the record's timestamp: with producers' own, 40 days old, 200 values of a key became one
        // at
        // once. The event's own time is in ce_time.
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
        settings.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
        return settings;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
