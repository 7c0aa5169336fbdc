package io.tailrace.translator.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.log.v1.AssignmentMarker;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What stands on a lane's outputs, of what one of its tasks writes: of policies, those of the task's meshes. */
final class OutputFold {
    private final LaneEnvironment environment;
    private final int partition;
    private final LogFacts facts;
    private final Map<Topic, Map<String, byte[]>> records = new EnumMap<>(Topic.class);
    private long markerSequence;
    private long markerTimeMs;

    OutputFold(LaneEnvironment environment, int partition, LogFacts facts) {
        this.environment = environment;
        this.partition = partition;
        this.facts = facts;
        environment.lane().outputs().forEach(output -> records.put(output, new HashMap<>()));
    }

    /** Where the task's records of an output are. */
    Stream<TopicPartition> partitions(Topic output) {
        String name = environment.name(output);
        return output.partitioning() == environment.partitioning()
                ? Stream.of(new TopicPartition(name, partition))
                : IntStream.range(0, facts.partitions(name)).mapToObj(each -> new TopicPartition(name, each));
    }

    void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        Topic topic = environment.topics().topic(record.topic()).orElseThrow();
        String key = new String(record.key(), StandardCharsets.UTF_8);
        if (key.equals(RecordKeys.MARKER)) {
            marker(topic, record.value());
        } else if (isOurs(topic, key)) {
            Map<String, byte[]> standing = records.computeIfAbsent(topic, _ -> new HashMap<>());
            if (record.value() == null) {
                standing.remove(key);
            } else {
                standing.put(key, record.value());
            }
        }
    }

    Rereading.Outputs outputs() {
        return new Rereading.Outputs(records, markerSequence, markerTimeMs);
    }

    private boolean isOurs(Topic topic, String key) {
        if (topic.partitioning() == environment.partitioning()) {
            return true;
        }
        String mesh = KeyText.split(key).getFirst();
        int count = facts.partitions(environment.name(environment.lane().markers()));
        return Partitions.byMesh(mesh, count) == partition;
    }

    private void marker(Topic topic, byte[] value) {
        try {
            if (topic == Topic.RESOURCES) {
                Marker marker = ResourceRecord.parseFrom(value).getMarker();
                mark(marker.getSequence(), marker.getEventTimeMs());
            } else if (topic == Topic.ASSIGNMENTS) {
                AssignmentMarker marker = AssignmentRecord.parseFrom(value).getMarker();
                mark(marker.getSequence(), marker.getEventTimeMs());
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a marker on " + topic.id() + " can't be read", e);
        }
    }

    private void mark(long sequence, long timeMs) {
        markerSequence = Math.max(markerSequence, sequence);
        markerTimeMs = Math.max(markerTimeMs, timeMs);
    }
}
