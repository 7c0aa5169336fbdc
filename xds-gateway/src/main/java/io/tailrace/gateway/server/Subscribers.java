package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Interests;
import io.tailrace.gateway.view.ViewChange;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Who subscribes to what, of one worker's streams: a change wakes those whom it concerns, and no others (XDS.md, rule 27).
 * A name counts under the node's group, and under no group for what is shared.
 */
final class Subscribers<S> {
    private static final String SHARED = "";

    private final Map<Key, Set<S>> byName = new HashMap<>();
    private final Map<String, Set<S>> byMesh = new HashMap<>();

    private record Key(String mesh, String group, String typeUrl, String name) {}

    /** The index as one stream writes it. */
    Interests of(S stream) {
        return new Own(stream);
    }

    private final class Own implements Interests {
        private final S stream;
        private String mesh = "";

        Own(S stream) {
            this.stream = stream;
        }

        @Override
        public void mesh(String name) {
            mesh = name;
            byMesh.computeIfAbsent(name, m -> new LinkedHashSet<>()).add(stream);
        }

        @Override
        public void add(String group, String typeUrl, String name) {
            put(new Key(mesh, group, typeUrl, name));
            if (!name.equals(WILDCARD)) {
                put(new Key(mesh, SHARED, typeUrl, name));
            }
        }

        @Override
        public void remove(String group, String typeUrl, String name) {
            take(new Key(mesh, group, typeUrl, name));
            if (!name.equals(WILDCARD)) {
                take(new Key(mesh, SHARED, typeUrl, name));
            }
        }

        private void put(Key key) {
            byName.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(stream);
        }

        private void take(Key key) {
            byName.computeIfPresent(key, (k, all) -> all.remove(stream) && all.isEmpty() ? null : all);
        }
    }

    /** The stream has ended; its names were removed before. */
    void leave(S stream, String mesh) {
        byMesh.computeIfPresent(mesh, (m, all) -> all.remove(stream) && all.isEmpty() ? null : all);
    }

    Set<S> concernedBy(ViewChange change) {
        Set<S> streams = new LinkedHashSet<>();
        change.meshes().forEach(mesh -> streams.addAll(byMesh.getOrDefault(mesh, Collections.emptySet())));
        change.names()
                .forEach((group, types) -> types.forEach((type, names) -> {
                    streams.addAll(at(group.mesh(), group.group(), type, Interests.WILDCARD));
                    names.forEach(name -> streams.addAll(at(group.mesh(), group.group(), type, name)));
                }));
        change.shared()
                .forEach((mesh, names) ->
                        names.forEach(name -> streams.addAll(at(mesh, SHARED, name.typeUrl(), name.name()))));
        return streams;
    }

    private Set<S> at(String mesh, String group, String typeUrl, String name) {
        return byName.getOrDefault(new Key(mesh, group, typeUrl, name), Collections.emptySet());
    }

    boolean isEmpty() {
        return byName.isEmpty() && byMesh.isEmpty();
    }
}
