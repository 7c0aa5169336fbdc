package io.tailrace.translator.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.log.v1.AssignmentMarker;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows both output topics as a gateway does, and keeps how far their markers say that the inputs are in effect. It
 * also keeps what must never be: a marker that is committed after a newer one of its partition.
 */
final class MarkerWatch implements AutoCloseable {
    private record Seen(long sequence, long offset) {}

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Seen> seen = new HashMap<>();
    private final List<String> steppedBack = new ArrayList<>();

    MarkerWatch(Map<String, Object> kafka, Topics topics) {
        this.topics = topics;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> all = List.of(Topic.RESOURCES, Topic.ASSIGNMENTS).stream()
                .flatMap(topic -> consumer.partitionsFor(topics.name(topic)).stream())
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
    }

    /** Reads what has come, and says whether all of these offsets of `config` and `endpoints` are in effect. */
    boolean hasPassed(Map<TopicPartition, Long> inputs) {
        consumer.poll(Duration.ofMillis(50)).forEach(this::take);
        return inputs.entrySet().stream().allMatch(input -> passed(input.getKey()) >= input.getValue());
    }

    List<String> steppedBack() {
        return List.copyOf(steppedBack);
    }

    private long passed(TopicPartition input) {
        Topic output = input.topic().equals(topics.name(Topic.CONFIG)) ? Topic.RESOURCES : Topic.ASSIGNMENTS;
        Seen last = seen.get(new TopicPartition(topics.name(output), input.partition()));
        return last == null ? -1 : last.offset();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (!new String(record.key(), StandardCharsets.UTF_8).equals(RecordKeys.MARKER)) {
            return;
        }
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Seen now = marker(record);
        Seen before = seen.put(partition, now);
        if (before != null && (now.sequence() <= before.sequence() || now.offset() < before.offset())) {
            steppedBack.add(partition + ": " + now + " after " + before);
        }
    }

    private Seen marker(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(topics.name(Topic.ASSIGNMENTS))) {
                AssignmentMarker marker =
                        AssignmentRecord.parseFrom(record.value()).getMarker();
                return new Seen(marker.getSequence(), marker.getEndpointsOffset());
            }
            Marker marker = ResourceRecord.parseFrom(record.value()).getMarker();
            long config = marker.getPositionsList().stream()
                    .filter(position -> position.getInput() == Position.Input.CONFIG)
                    .mapToLong(Position::getOffset)
                    .max()
                    .orElse(-1);
            return new Seen(marker.getSequence(), config);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
