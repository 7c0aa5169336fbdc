package io.tailrace.cli.topics;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The offsets that a position of a mesh names, on the partitions where they lie. */
public record NamedOffsets(LogPosition position, Map<TopicPartition, Long> offsets) {
    /** The topics whose partition counts {@link #of} has to know. */
    public static Set<Topic> topics(LogPosition position) {
        Set<Topic> named = EnumSet.noneOf(Topic.class);
        position.config().ifPresent(_ -> named.add(Topic.CONFIG));
        position.secrets().ifPresent(_ -> named.add(Topic.SECRETS));
        if (!position.endpoints().isEmpty()) {
            named.add(Topic.ENDPOINTS);
        }
        return named;
    }

    /** Throws CommandFailedException if it names a partition that the cluster doesn't have. */
    public static NamedOffsets of(LogPosition position, String mesh, Topics topics, Map<Topic, Integer> counts) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        position.config().ifPresent(offset -> offsets.put(byMesh(topics, mesh, Topic.CONFIG, counts), offset));
        position.secrets().ifPresent(offset -> offsets.put(byMesh(topics, mesh, Topic.SECRETS, counts), offset));
        position.endpoints().forEach((partition, offset) -> {
            int count = Objects.requireNonNull(counts.get(Topic.ENDPOINTS));
            if (partition >= count) {
                throw new CommandFailedException(
                        ExitCode.INVALID,
                        "found partition " + partition + " in " + position + ", expected one below " + count);
            }
            offsets.put(new TopicPartition(topics.name(Topic.ENDPOINTS), partition), offset);
        });
        return new NamedOffsets(position, offsets);
    }

    /** A line for each that is not on the log yet; {@code ends}: the next offset of each partition. */
    public List<String> notYet(Map<TopicPartition, Long> ends) {
        return offsets.entrySet().stream()
                .filter(named -> named.getValue() >= ends.getOrDefault(named.getKey(), 0L))
                .map(named -> "there is no " + position + " yet: "
                        + named.getKey().topic() + ", partition "
                        + named.getKey().partition()
                        + ", ends before offset " + ends.getOrDefault(named.getKey(), 0L))
                .toList();
    }

    private static TopicPartition byMesh(Topics topics, String mesh, Topic topic, Map<Topic, Integer> counts) {
        return new TopicPartition(
                topics.name(topic), Partitions.byMesh(mesh, Objects.requireNonNull(counts.get(topic))));
    }
}
