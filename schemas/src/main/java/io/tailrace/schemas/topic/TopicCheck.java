package io.tailrace.schemas.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;

/** Compares the topics of a cluster with the table. */
final class TopicCheck {
    private static final Map<String, String> BREAKS = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            "state is lost with its age, or grows without end",
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "compaction goes by producers' clocks, and may take history away at once",
            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
            "large objects are refused after they were checked, or larger ones than readers expect come in",
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            "the window in which every change can be replayed is another one",
            TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
            "old records and control records stay, and gateways take long to start",
            TopicConfig.SEGMENT_MS_CONFIG,
            "the newest segment is never compacted, and gateways take long to start",
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
            "compaction comes late, and gateways take long to start",
            TopicConfig.DELETE_RETENTION_MS_CONFIG,
            "a reader that was away may miss deletions, or gateways take long to start",
            TopicConfig.RETENTION_MS_CONFIG,
            "events that were not yet processed are lost earlier, or disks fill",
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
            "a broker that is behind may become leader, and acknowledged changes are lost");

    private TopicCheck() {}

    static List<Difference> differences(
            Topics topics, Map<String, TopicDescription> there, Map<String, Map<String, String>> settings) {
        List<Difference> differences = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            String name = topics.name(topic);
            TopicDescription description = there.get(name);
            if (description == null) {
                differences.add(new Difference(
                        name, "", "no such topic", "a topic", "nothing can run; `tailrace topics create` makes it"));
                continue;
            }
            Map<String, String> found = settings.getOrDefault(name, Map.of());
            topic.settings()
                    .forEach((setting, expected) -> Difference.ofSetting(
                                    name,
                                    setting,
                                    found.getOrDefault(setting, "nothing"),
                                    expected,
                                    BREAKS.getOrDefault(setting, "the topic is kept otherwise than its readers expect"))
                            .ifPresent(differences::add));
            differences.addAll(replication(name, description, found));
        }
        differences.addAll(partitions(topics, there));
        return differences;
    }

    private static List<Difference> replication(
            String name, TopicDescription description, Map<String, String> settings) {
        int replicas = description.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        String minimum = settings.getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1");
        if (replicas >= 3 && minimum.equals("1")) {
            return List.of(new Difference(
                    name,
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    minimum,
                    "2",
                    "a change that one broker alone has is acknowledged, and lost with that broker"));
        }
        if (Integer.parseInt(minimum) >= replicas && replicas > 1) {
            return List.of(new Difference(
                    name,
                    TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                    minimum,
                    "less than the " + replicas + " replicas",
                    "nothing can be written while one broker is away"));
        }
        return List.of();
    }

    /** Topics by mesh must have equal counts, since one task reads and writes the same partition of all; so by service. */
    private static List<Difference> partitions(Topics topics, Map<String, TopicDescription> there) {
        List<Difference> differences = new ArrayList<>();
        Map<Partitioning, String> first = new TreeMap<>();
        Map<Partitioning, Integer> counts = new TreeMap<>();
        for (Topic topic : Topic.values()) {
            String name = topics.name(topic);
            TopicDescription description = there.get(name);
            if (description == null || topic.partitioning() == Partitioning.FREE) {
                continue;
            }
            int found = description.partitions().size();
            if (topic.partitioning() == Partitioning.FIXED) {
                if (found != topic.fixedPartitions()) {
                    differences.add(new Difference(
                            name,
                            "partitions",
                            Integer.toString(found),
                            Integer.toString(topic.fixedPartitions()),
                            "harmless, but not what `tailrace topics create` makes"));
                }
                continue;
            }
            first.putIfAbsent(topic.partitioning(), name);
            Integer expected = counts.putIfAbsent(topic.partitioning(), found);
            if (expected != null && expected != found) {
                differences.add(new Difference(
                        name,
                        "partitions",
                        Integer.toString(found),
                        expected + ", as " + first.get(topic.partitioning()) + " has",
                        "the translator can't start: it takes the same partition of all topics "
                                + topic.partitioning().text()));
            }
        }
        return differences;
    }
}
