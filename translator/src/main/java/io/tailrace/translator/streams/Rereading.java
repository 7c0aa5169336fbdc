package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task's topics from their start, outside of its stream: the inputs when its stores are lost, the outputs to learn
 * what stands. What was read of inputs is kept until the task has made use of it: a reading may outlast a transaction of
 * another task on the same thread, which then starts all over, and must not read again for ever. Threads of a lane share
 * it; a partition is one thread's.
 */
final class Rereading {
    private final Map<Integer, Inputs> kept = new ConcurrentHashMap<>();

    /**
     * @param arrivals of each key the last valid one, and a broken one if that came after it
     * @param next by input the offset to go on from
     * @param newestMs when the newest was appended
     */
    record Inputs(List<Arrival> arrivals, Map<Topic, Long> next, long newestMs) {}

    /** @param records by output and key; markers left out */
    record Outputs(Map<Topic, Map<String, byte[]>> records, long markerSequence, long markerTimeMs) {}

    /** Null: not asked for. */
    record Found(@Nullable Inputs inputs, @Nullable Outputs outputs) {}

    Found read(LaneEnvironment environment, int partition, LogFacts facts, Intake intake, Loss loss) {
        Inputs before = kept.get(partition);
        InputFold inputs = new InputFold();
        OutputFold outputs = new OutputFold(environment, partition, facts);
        Map<Topic, TopicPartition> sources = new EnumMap<>(Topic.class);
        List<Topic> inputsToRead = loss.inputs() ? environment.lane().inputs() : loss.remade();
        if (before == null) {
            inputsToRead.forEach(input -> sources.put(input, new TopicPartition(environment.name(input), partition)));
        }
        List<TopicPartition> all = new ArrayList<>(sources.values());
        if (loss.outputs()) {
            environment.lane().outputs().stream().flatMap(outputs::partitions).forEach(all::add);
        }
        Map<TopicPartition, Long> positions = environment.log().readToEnd(all, record -> {
            Topic topic = topic(environment.topics(), record);
            if (sources.containsKey(topic)) {
                inputs.take(intake.read(incoming(topic, record)));
            } else {
                outputs.take(record);
            }
        });
        if (!sources.isEmpty()) {
            Map<Topic, Long> next = new EnumMap<>(Topic.class);
            sources.forEach((topic, source) -> next.put(topic, positions.getOrDefault(source, 0L)));
            kept.put(partition, new Inputs(inputs.arrivals(), next, inputs.newestMs()));
        }
        return new Found(
                inputsToRead.isEmpty() ? null : kept.get(partition), loss.outputs() ? outputs.outputs() : null);
    }

    /** The task has made use of its inputs. */
    void done(int partition) {
        kept.remove(partition);
    }

    private static Incoming incoming(Topic topic, ConsumerRecord<byte[], byte[]> record) {
        Place place = new Place(topic, record.partition(), record.offset(), Math.max(0, record.timestamp()));
        return new Incoming(place, record.key(), record.value(), record.headers());
    }

    private static Topic topic(Topics topics, ConsumerRecord<byte[], byte[]> record) {
        return topics.topic(record.topic()).orElseThrow();
    }
}
