package io.tailrace.translator.lane;

import io.tailrace.schemas.topic.Topic;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A lane's stores without Kafka: what a change says is written as the processor would write it. */
public final class MemoryState implements State {
    private final Map<String, SortedMap<String, byte[]>> stores = new HashMap<>();
    private final Map<Topic, SortedMap<String, byte[]>> standing = new EnumMap<>(Topic.class);

    public void write(Change change) {
        change.state().forEach(put -> write(store(put.store()), put.key(), put.value()));
        change.output().forEach(write -> write(output(write.topic()), write.key(), write.value()));
    }

    /** As if the output had been lost. */
    public void loseOutput() {
        standing.clear();
    }

    /** As if the stores had been lost, and what stands been read from the outputs. */
    public void loseStores() {
        stores.clear();
    }

    public SortedMap<String, byte[]> standing(Topic topic) {
        return Collections.unmodifiableSortedMap(output(topic));
    }

    @Override
    public void forEach(String store, BiConsumer<String, byte[]> entry) {
        store(store).forEach(entry);
    }

    @Override
    public byte @Nullable [] standing(Topic topic, String key) {
        return output(topic).get(key);
    }

    @Override
    public void forEachStanding(Topic topic, String prefix, BiConsumer<String, byte[]> entry) {
        output(topic).tailMap(prefix).forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                entry.accept(key, value);
            }
        });
    }

    private SortedMap<String, byte[]> store(String name) {
        return stores.computeIfAbsent(name, _ -> new TreeMap<>());
    }

    private SortedMap<String, byte[]> output(Topic topic) {
        return standing.computeIfAbsent(topic, _ -> new TreeMap<>());
    }

    private static void write(SortedMap<String, byte[]> map, String key, byte @Nullable [] value) {
        if (value == null) {
            map.remove(key);
        } else {
            map.put(key, value);
        }
    }
}
