package io.tailrace.translator.lane;

import io.tailrace.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Collects a change. One record for each key: the last one counts. */
public final class ChangeBuilder {
    private record Target(Topic topic, String key) {}

    private final List<Change.Put> state = new ArrayList<>();
    // Sorted, so that equal changes are equal records in an equal order.
    private final SortedMap<Target, Change.Write> output =
            new TreeMap<>(Comparator.comparing(Target::topic).thenComparing(Target::key));
    private final Set<String> meshes = new TreeSet<>();
    private final List<String> failures = new ArrayList<>();

    public void put(String store, String key, byte @Nullable [] value) {
        state.add(new Change.Put(store, key, value));
    }

    public void write(String mesh, Topic topic, String key, byte @Nullable [] value) {
        meshes.add(mesh);
        output.put(new Target(topic, key), new Change.Write(topic, key, value));
    }

    public void failed(String what) {
        failures.add(what);
    }

    /** Takes over all of another change. */
    public void add(Change other) {
        state.addAll(other.state());
        other.output().forEach(write -> output.put(new Target(write.topic(), write.key()), write));
        meshes.addAll(other.meshes());
        failures.addAll(other.failures());
    }

    public Change build() {
        return new Change(state, List.copyOf(output.values()), meshes, failures);
    }
}
