package io.tailrace.gateway.simulation;

import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the log is to have of a mesh: bodies, load assignments, and by group its lists and the nodes' cluster that it selects. */
final class MeshShape {
    final Map<BodyKey, Thing> bodies = new TreeMap<>(Comparator.comparing(BodyKey::toString));
    final Map<String, Thing> hosts = new TreeMap<>();
    final Map<String, Map<String, List<Entry>>> lists = new TreeMap<>();
    final Map<String, String> selected = new TreeMap<>();

    void put(String scope, Thing thing) {
        bodies.put(new BodyKey(thing.name().typeUrl(), scope, thing.name().name()), thing);
    }

    static List<Entry> entries(Set<String> names, String scope, boolean wildcard) {
        return names.stream()
                .map(name -> new Entry(name, scope, wildcard, List.of()))
                .toList();
    }
}
