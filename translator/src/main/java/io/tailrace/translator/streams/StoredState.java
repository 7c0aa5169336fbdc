package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Change;
import io.tailrace.translator.lane.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A task's stores: the lane's own, and the one that keeps what stands on its outputs, bodies included. A change is staged
 * first, where every reader sees it, and then written, at once or in pieces.
 */
final class StoredState implements State {
    static final String STANDING = "standing";
    static final String TASK = "task";

    private final Map<String, KeyValueStore<String, byte[]>> stores = new HashMap<>();
    private final Staged staged = new Staged();

    StoredState(LaneDefinition lane, ProcessingContext context) {
        for (String store : LaneTopology.storeNames(lane)) {
            stores.put(store, context.getStateStore(store));
        }
    }

    void stage(Change change) {
        change.state().forEach(put -> staged.add(put.store(), put.key(), put.value(), null));
        change.output()
                .forEach(write -> staged.add(STANDING, standingKey(write.topic(), write.key()), write.value(), write));
    }

    /** Stages what makes the store say what the outputs hold, whatever it said; nothing of it is for the outputs. */
    void stageStanding(Map<Topic, Map<String, byte[]>> records) {
        Set<String> stale = new HashSet<>();
        forEach(STANDING, (key, value) -> stale.add(key));
        records.forEach((topic, byKey) -> byKey.forEach((key, value) -> {
            stale.remove(standingKey(topic, key));
            if (!Arrays.equals(value, standing(topic, key))) {
                staged.add(STANDING, standingKey(topic, key), value, null);
            }
        }));
        stale.forEach(key -> staged.add(STANDING, key, null, null));
    }

    Staged staged() {
        return staged;
    }

    /** Writes of what is staged so many entries or bytes, whichever is reached first, and hands over the outputs' part. */
    void writeStaged(int entries, long bytes, Consumer<Change.Write> output) {
        int left = entries;
        long room = bytes;
        while (left > 0 && room > 0 && !staged.isEmpty()) {
            Staged.Entry entry = staged.poll();
            put(entry.store(), entry.key(), entry.value());
            if (entry.output() != null) {
                output.accept(entry.output());
            }
            left--;
            room -= entry.bytes();
        }
    }

    byte @Nullable [] get(String store, String key) {
        Staged.Entry entry = staged.get(store, key);
        return entry == null ? store(store).get(key) : entry.value();
    }

    void put(String store, String key, byte @Nullable [] value) {
        if (value == null) {
            store(store).delete(key);
        } else {
            store(store).put(key, value);
        }
    }

    @Override
    public void forEach(String store, BiConsumer<String, byte[]> entry) {
        try (KeyValueIterator<String, byte[]> all = store(store).all()) {
            merged(all, store, "").forEach(entry);
        }
    }

    @Override
    public byte @Nullable [] standing(Topic topic, String key) {
        return get(STANDING, standingKey(topic, key));
    }

    /** How many records stand on the outputs. */
    int countStanding() {
        AtomicInteger count = new AtomicInteger();
        forEach(STANDING, (key, value) -> count.incrementAndGet());
        return count.get();
    }

    @Override
    public void forEachStanding(Topic topic, String prefix, BiConsumer<String, byte[]> entry) {
        int cut = standingKey(topic, "").length();
        String whole = standingKey(topic, prefix);
        try (KeyValueIterator<String, byte[]> all = store(STANDING).prefixScan(whole, new StringSerializer())) {
            merged(all, STANDING, whole).forEach((key, value) -> entry.accept(key.substring(cut), value));
        }
    }

    private SortedMap<String, byte[]> merged(KeyValueIterator<String, byte[]> all, String store, String prefix) {
        SortedMap<String, byte[]> merged = new TreeMap<>();
        while (all.hasNext()) {
            KeyValue<String, byte[]> next = all.next();
            merged.put(next.key, next.value);
        }
        staged.forEach(store, prefix, entry -> {
            byte[] value = entry.value();
            if (value == null) {
                merged.remove(entry.key());
            } else {
                merged.put(entry.key(), value);
            }
        });
        return merged;
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
