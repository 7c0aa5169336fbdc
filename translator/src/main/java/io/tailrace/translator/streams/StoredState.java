package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** A task's stores: the lane's own, and the one that keeps what stands on its outputs, bodies included. */
final class StoredState implements State {
    static final String STANDING = "standing";
    static final String TASK = "task";

    private final Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();

    StoredState(LaneDefinition lane, ProcessingContext context) {
        for (String store : lane.stores()) {
            stores.put(store, context.getStateStore(store));
        }
        stores.put(STANDING, context.getStateStore(STANDING));
        stores.put(TASK, context.getStateStore(TASK));
    }

    byte @Nullable [] get(String store, String key) {
        return store(store).get(key);
    }

    void put(String store, String key, byte @Nullable [] value) {
        if (value == null) {
            store(store).delete(key);
        } else {
            store(store).put(key, value);
        }
    }

    void putStanding(Topic topic, String key, byte @Nullable [] value) {
        put(STANDING, standingKey(topic, key), value);
    }

    /** Makes the store say what the outputs hold, whatever it said. */
    void replaceStanding(Map<Topic, Map<String, byte[]>> records) {
        Set<String> stale = new HashSet<>();
        forEach(STANDING, (key, value) -> stale.add(key));
        records.forEach((topic, byKey) -> byKey.forEach((key, value) -> {
            stale.remove(standingKey(topic, key));
            if (!Arrays.equals(value, standing(topic, key))) {
                putStanding(topic, key, value);
            }
        }));
        stale.forEach(key -> put(STANDING, key, null));
    }

    @Override
    public void forEach(String store, BiConsumer<String, byte[]> entry) {
        try (KeyValueIterator<String, byte[]> all = store(store).all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                entry.accept(next.key, next.value);
            }
        }
    }

    @Override
    public byte @Nullable [] standing(Topic topic, String key) {
        return get(STANDING, standingKey(topic, key));
    }

    @Override
    public void forEachStanding(Topic topic, String prefix, BiConsumer<String, byte[]> entry) {
        int cut = standingKey(topic, "").length();
        try (KeyValueIterator<String, byte[]> all =
                store(STANDING).prefixScan(standingKey(topic, prefix), new StringSerializer())) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                entry.accept(next.key.substring(cut), next.value);
            }
        }
    }

    private static String standingKey(Topic topic, String key) {
        return topic.name() + ' ' + key;
    }

    private KeyValueStore<String, byte[]> store(String name) {
        KeyValueStore<String, byte[]> store = stores.get(name);
        if (store == null) {
            throw new IllegalArgumentException("no store " + name);
        }
        return store;
    }
}
