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
import java.util.function.Consumer;
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
        /** By type: what it has as others have it. */
        private final Map<String, SharedList> lists = new HashMap<>(2);

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
            SharedList list = lists.get(typeUrl);
            TypeSubscribers ofType = ofType(typeUrl);
            if (list == null || !ofType.has(list, name)) {
                ofType.add(name, group, number);
            }
        }

        @Override
        public void addList(String group, String typeUrl, List<String> all) {
            TypeSubscribers ofType = ofType(typeUrl);
            SharedList list = ofType.join(all, group, number);
            if (list == null) {
                all.forEach(name -> ofType.add(name, group, number));
            } else {
                lists.put(typeUrl, list);
            }
        }

        private TypeSubscribers ofType(String typeUrl) {
            return byType.computeIfAbsent(new MeshType(mesh, typeUrl), type -> new TypeSubscribers(names, typeUrl));
        }

        /** What is left of a list is no list that others have. */
        @Override
        public void remove(String group, String typeUrl, String name) {
            change(typeUrl, ofType -> {
                SharedList list = lists.get(typeUrl);
                if (list != null && ofType.has(list, name)) {
                    list.names().forEach(one -> ofType.add(one, group, number));
                    lists.remove(typeUrl);
                    ofType.leave(list, group, number);
                }
                ofType.remove(name, group, number);
            });
        }

        @Override
        public void removeAll(String group, String typeUrl, Collection<String> all) {
            change(typeUrl, ofType -> {
                SharedList list = lists.remove(typeUrl);
                for (String name : all) {
                    if (list == null || !ofType.has(list, name)) {
                        ofType.remove(name, group, number);
                    }
                }
                if (list != null) {
                    ofType.leave(list, group, number);
                }
            });
        }

        private void change(String typeUrl, Consumer<TypeSubscribers> change) {
            byType.computeIfPresent(new MeshType(mesh, typeUrl), (type, all) -> {
                change.accept(all);
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
                        ofType.putInto(all, Interests.WILDCARD, group.group());
                        changed.forEach(name -> ofType.putInto(all, name, group.group()));
                    }
                }));
        change.shared()
                .forEach((mesh, changed) -> changed.forEach(name -> {
                    TypeSubscribers ofType = byType.get(new MeshType(mesh, name.typeUrl()));
                    if (ofType != null) {
                        ofType.putInto(all, name.name());
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
