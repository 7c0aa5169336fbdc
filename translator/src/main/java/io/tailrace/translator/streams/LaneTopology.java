package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * A lane's topology: its inputs, one processor with its stores, and a sink for each output and for dead letters. One
 * sub-topology, so one task for each partition. Everything is named, since names are in changelogs.
 */
final class LaneTopology implements Supplier<Topology> {
    private final LaneDefinition lane;
    private final Topics topics;
    private final Supplier<LaneProcessor> processor;

    LaneTopology(LaneDefinition lane, Topics topics, Supplier<LaneProcessor> processor) {
        this.lane = lane;
        this.topics = topics;
        this.processor = processor;
    }

    @Override
    public Topology get() {
        Topology topology = new Topology();
        List<String> sources = new ArrayList<>();
        for (Topic input : lane.inputs()) {
            sources.add(sourceName(input));
            topology.addSource(
                    AutoOffsetReset.earliest(),
                    sourceName(input),
                    LaneTopology::appendTime,
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer(),
                    topics.name(input));
        }
        topology.addProcessor(lane.name(), processor::get, sources.toArray(String[]::new));
        for (String store : storeNames(lane)) {
            topology.addStateStore(store(store), lane.name());
        }
        for (Topic output : lane.outputs()) {
            addSink(topology, output);
        }
        addSink(topology, Topic.DEAD_LETTERS);
        return topology;
    }

    static List<String> storeNames(LaneDefinition lane) {
        List<String> names = new ArrayList<>(lane.stores());
        names.add(StoredState.STANDING);
        names.add(StoredState.TASK);
        return names;
    }

    static String sourceName(Topic topic) {
        return "from-" + topic.id();
    }

    static String sinkName(Topic topic) {
        return "to-" + topic.id();
    }

    /** Never throws: positions decide the order of things, times are only told on. */
    private static long appendTime(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(0, record.timestamp());
    }

    private void addSink(Topology topology, Topic output) {
        topology.addSink(
                sinkName(output),
                topics.name(output),
                OutKey.serializer(),
                new ByteArraySerializer(),
                OutKey.partitioner(),
                lane.name());
    }

    private static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        // The changelog's settings come with the application's "topic." settings.
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }
}
