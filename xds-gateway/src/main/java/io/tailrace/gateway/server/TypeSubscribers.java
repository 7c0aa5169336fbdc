package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.NameTable;
import io.tailrace.gateway.stream.NameTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who subscribes to what of one type in one mesh: the streams' numbers by name and group. Names are found by the numbers
 * that the streams have for them, as one that comes with a thousand names is entered a thousand times.
 */
final class TypeSubscribers {
    private static final RoaringBitmap NOBODY = new RoaringBitmap();

    private final NameTables tables;
    private final String typeUrl;
    private final NameTable numbers;
    private final List<@Nullable Map<String, RoaringBitmap>> byNumber = new ArrayList<>();
    private int size;

    TypeSubscribers(NameTables tables, String typeUrl) {
        this.tables = tables;
        this.typeUrl = typeUrl;
        this.numbers = tables.of(typeUrl);
    }

    void add(String name, String group, int stream) {
        int number = numbers.find(name);
        Map<String, RoaringBitmap> groups = at(number);
        if (groups == null) {
            groups = new HashMap<>(2);
            enter(numbers.use(name), groups);
        }
        groups.computeIfAbsent(group, g -> new RoaringBitmap()).add(stream);
    }

    private void enter(int number, Map<String, RoaringBitmap> groups) {
        while (byNumber.size() <= number) {
            byNumber.add(null);
        }
        byNumber.set(number, groups);
        size++;
    }

    /** Whoever is the last to leave leaves nothing behind. */
    void remove(String name, String group, int stream) {
        int number = numbers.find(name);
        Map<String, RoaringBitmap> groups = at(number);
        if (groups == null) {
            return;
        }
        groups.computeIfPresent(group, (g, streams) -> without(streams, stream));
        if (groups.isEmpty()) {
            byNumber.set(number, null);
            size--;
            numbers.release(number);
            tables.drop(typeUrl);
        }
    }

    /** Null: nobody is left. */
    static @Nullable RoaringBitmap without(RoaringBitmap streams, int stream) {
        streams.remove(stream);
        return streams.isEmpty() ? null : streams;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Those of one group. */
    RoaringBitmap of(String name, String group) {
        Map<String, RoaringBitmap> groups = at(numbers.find(name));
        return groups == null ? NOBODY : groups.getOrDefault(group, NOBODY);
    }

    /** Those of every group, a set for each. */
    Collection<RoaringBitmap> of(String name) {
        Map<String, RoaringBitmap> groups = at(numbers.find(name));
        return groups == null ? List.of() : groups.values();
    }

    private @Nullable Map<String, RoaringBitmap> at(int number) {
        return number < 0 || number >= byNumber.size() ? null : byNumber.get(number);
    }
}
