package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Interests;
import io.tailrace.gateway.stream.NameTables;
import io.tailrace.gateway.view.ViewChange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who subscribes to what, of one worker's streams: a change wakes those whom it concerns, and no others (XDS.md, rule 27).
 * Streams have numbers here, the lowest that are free, so that a set of them takes two bytes each.
 */
final class Subscribers<S> {
    private static final int UNNUMBERED = -1;
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final NameTables names = new NameTables();
    private final Map<Name, Map<String, RoaringBitmap>> byNameAndGroup = new HashMap<>();
    private final Map<String, RoaringBitmap> byMesh = new HashMap<>();
    private final List<@Nullable S> streams = new ArrayList<>();
    private final BitSet numbers = new BitSet();

    private record Name(String mesh, String typeUrl, String name) {
        @Override
        public int hashCode() {
            return 31 * (31 * mesh.hashCode() + typeUrl.hashCode()) + name.hashCode();
        }
    }

    /** The index as one stream writes it. */
    Interests of(S stream) {
        return new Own(stream);
    }

    private final class Own implements Interests {
        private final S stream;
        private String mesh = "";
        private int number = UNNUMBERED;

        Own(S stream) {
            this.stream = stream;
        }

        @Override
        public NameTables names() {
            return names;
        }

        @Override
        public void mesh(String name) {
            mesh = name;
            number = number(stream);
            byMesh.computeIfAbsent(name, m -> new RoaringBitmap()).add(number);
        }

        @Override
        public void add(String group, String typeUrl, String name) {
            byNameAndGroup
                    .computeIfAbsent(new Name(mesh, typeUrl, name), n -> new HashMap<>(2))
                    .computeIfAbsent(group, g -> new RoaringBitmap())
                    .add(number);
        }

        @Override
        public void remove(String group, String typeUrl, String name) {
            byNameAndGroup.computeIfPresent(
                    new Name(mesh, typeUrl, name), (n, groups) -> without(groups, group, number) ? null : groups);
        }

        @Override
        public void close() {
            if (number != UNNUMBERED) {
                without(byMesh, mesh, number);
                streams.set(number, null);
                numbers.clear(number);
            }
        }
    }

    private int number(S stream) {
        int number = numbers.nextClearBit(0);
        numbers.set(number);
        if (number == streams.size()) {
            streams.add(stream);
        } else {
            streams.set(number, stream);
        }
        return number;
    }

    /** Returns whether nobody is left. */
    private static boolean without(Map<String, RoaringBitmap> all, String key, int number) {
        all.computeIfPresent(key, (k, some) -> {
            some.remove(number);
            return some.isEmpty() ? null : some;
        });
        return all.isEmpty();
    }

    List<S> concernedBy(ViewChange change) {
        RoaringBitmap all = new RoaringBitmap();
        change.meshes().forEach(mesh -> all.or(byMesh.getOrDefault(mesh, NOBODY)));
        change.names()
                .forEach((group, types) -> types.forEach((type, changed) -> {
                    all.or(at(group.mesh(), type, Interests.WILDCARD).getOrDefault(group.group(), NOBODY));
                    changed.forEach(name -> all.or(at(group.mesh(), type, name).getOrDefault(group.group(), NOBODY)));
                }));
        change.shared()
                .forEach((mesh, changed) -> changed.forEach(
                        name -> at(mesh, name.typeUrl(), name.name()).values().forEach(all::or)));
        List<S> concerned = new ArrayList<>(all.getCardinality());
        all.forEach(
                (org.roaringbitmap.IntConsumer) number -> concerned.add(Objects.requireNonNull(streams.get(number))));
        return concerned;
    }

    private Map<String, RoaringBitmap> at(String mesh, String typeUrl, String name) {
        return byNameAndGroup.getOrDefault(new Name(mesh, typeUrl, name), Map.of());
    }

    /** Nobody is connected, and nothing is kept of those who were. */
    boolean isEmpty() {
        return byNameAndGroup.isEmpty() && byMesh.isEmpty() && numbers.isEmpty() && names.isEmpty();
    }
}
