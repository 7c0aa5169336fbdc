package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Interests;
import io.tailrace.gateway.stream.NameTables;
import io.tailrace.gateway.view.ViewChange;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
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
    private final Map<MeshType, TypeSubscribers> byType = new HashMap<>();
    private final Map<String, RoaringBitmap> byMesh = new HashMap<>();
    private final List<@Nullable S> streams = new ArrayList<>();
    private final BitSet numbers = new BitSet();

    private record MeshType(String mesh, String typeUrl) {}

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
            ofType(typeUrl).add(name, group, number);
        }

        @Override
        public void addAll(String group, String typeUrl, Collection<String> all) {
            TypeSubscribers ofType = ofType(typeUrl);
            all.forEach(name -> ofType.add(name, group, number));
        }

        private TypeSubscribers ofType(String typeUrl) {
            return byType.computeIfAbsent(new MeshType(mesh, typeUrl), type -> new TypeSubscribers(names, typeUrl));
        }

        @Override
        public void remove(String group, String typeUrl, String name) {
            byType.computeIfPresent(new MeshType(mesh, typeUrl), (type, all) -> {
                all.remove(name, group, number);
                return all.isEmpty() ? null : all;
            });
        }

        @Override
        public void close() {
            if (number != UNNUMBERED) {
                byMesh.computeIfPresent(mesh, (m, all) -> TypeSubscribers.without(all, number));
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

    List<S> concernedBy(ViewChange change) {
        RoaringBitmap all = new RoaringBitmap();
        change.meshes().forEach(mesh -> all.or(byMesh.getOrDefault(mesh, NOBODY)));
        change.names()
                .forEach((group, types) -> types.forEach((type, changed) -> {
                    TypeSubscribers ofType = byType.get(new MeshType(group.mesh(), type));
                    if (ofType != null) {
                        all.or(ofType.of(Interests.WILDCARD, group.group()));
                        changed.forEach(name -> all.or(ofType.of(name, group.group())));
                    }
                }));
        change.shared()
                .forEach((mesh, changed) -> changed.forEach(name -> {
                    TypeSubscribers ofType = byType.get(new MeshType(mesh, name.typeUrl()));
                    if (ofType != null) {
                        ofType.of(name.name()).forEach(all::or);
                    }
                }));
        List<S> concerned = new ArrayList<>(all.getCardinality());
        all.forEach(
                (org.roaringbitmap.IntConsumer) number -> concerned.add(Objects.requireNonNull(streams.get(number))));
        return concerned;
    }

    /** Nobody is connected, and nothing is kept of those who were. */
    boolean isEmpty() {
        return byType.isEmpty() && byMesh.isEmpty() && numbers.isEmpty() && names.isEmpty();
    }
}
