package io.tailrace.schemas.topic;

import java.time.Duration;
import java.util.SortedMap;
import org.apache.kafka.common.config.TopicConfig;

/** The table of topics as people read it, in Markdown. A test holds the one in the root README to it. */
public final class TopicTable {
    private TopicTable() {}

    /** Two lines of head, then a line for each topic, each ended by a line feed. */
    public static String markdown(Topics topics) {
        StringBuilder table = new StringBuilder("| topic | key | value | partitions | kept |\n|---|---|---|---|---|\n");
        for (Topic topic : Topic.values()) {
            table.append("| `")
                    .append(topics.name(topic))
                    .append("` | ")
                    .append(topic.keyForm())
                    .append(" | ")
                    .append(topic.holds())
                    .append(" | ")
                    .append(partitions(topic))
                    .append(" | ")
                    .append(kept(topic))
                    .append(" |\n");
        }
        return table.toString();
    }

    private static String partitions(Topic topic) {
        return switch (topic.partitioning()) {
            case BY_MESH, BY_SERVICE -> topic.partitioning().text() + ", " + PartitionCounts.CLUSTER.of(topic);
            case FREE -> topic.partitioning().text();
            case FIXED -> Integer.toString(PartitionCounts.CLUSTER.of(topic));
        };
    }

    /** How long what is on it stays: "compact, audit window 90 days". */
    public static String kept(Topic topic) {
        SortedMap<String, String> settings = topic.settings();
        String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
        String retention = settings.get(TopicConfig.RETENTION_MS_CONFIG);
        if (retention != null) {
            return policy + ", " + days(retention) + " days";
        }
        long window = days(settings.getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, "0"));
        return window > 0 ? policy + ", audit window " + window + " days" : policy;
    }

    private static long days(String millis) {
        return Duration.ofMillis(Long.parseLong(millis)).toDays();
    }
}
