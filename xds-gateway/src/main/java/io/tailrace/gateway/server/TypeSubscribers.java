package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.NameTable;
import io.tailrace.gateway.stream.NameTables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Who subscribes to what of one type in one mesh: the streams' numbers by name and group. Names are found by the numbers
 * that the streams have for them, as one that comes with a thousand names is entered a thousand times. A list that comes a
 * second time is entered once, and from then on so is each stream that has it.
 */
final class TypeSubscribers {
    /** Of lists that came once, the last are known. */
    private static final int MOST_NEW = 8;

    /** What a name is in is looked at one by one: further lists are entered name by name. */
    private static final int MOST_SHARED = 64;

    private final NameTables tables;
    private final String typeUrl;
    private final NameTable numbers;
    private final List<@Nullable Named> byNumber = new ArrayList<>();
    private final Map<List<String>, SharedList> shared = new HashMap<>();

    /** By hash: who is taken for another has its list shared sooner. */
    private final Deque<Integer> newLists = new ArrayDeque<>(MOST_NEW);

    private int size;

    /** Who subscribes to one name: streams by their groups, and those that have one of these lists. */
    private static final class Named {
        final Map<String, RoaringBitmap> byGroup = new HashMap<>(2);
        final List<SharedList> lists = new ArrayList<>(0);

        boolean isEmpty() {
            return byGroup.isEmpty() && lists.isEmpty();
        }
    }

    TypeSubscribers(NameTables tables, String typeUrl) {
        this.tables = tables;
        this.typeUrl = typeUrl;
        this.numbers = tables.of(typeUrl);
    }

    void add(String name, String group, int stream) {
        Named named = at(numbers.find(name));
        if (named == null) {
            named = new Named();
            enter(numbers.use(name), named);
        }
        add(named.byGroup, group, stream);
    }

    private static void add(Map<String, RoaringBitmap> byGroup, String group, int stream) {
        byGroup.computeIfAbsent(group, g -> new RoaringBitmap()).add(stream);
    }

    private void enter(int number, Named named) {
        while (byNumber.size() <= number) {
            byNumber.add(null);
        }
        byNumber.set(number, named);
        size++;
    }

    /** Whoever is the last to leave leaves nothing behind. */
    void remove(String name, String group, int stream) {
        int number = numbers.find(name);
        Named named = at(number);
        if (named != null) {
            remove(named.byGroup, group, stream);
            tidy(number, named);
        }
    }

    private static void remove(Map<String, RoaringBitmap> byGroup, String group, int stream) {
        byGroup.computeIfPresent(group, (g, streams) -> without(streams, stream));
    }

    private void tidy(int number, Named named) {
        if (named.isEmpty()) {
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

    /** Returns null, and does nothing, if the list isn't shared: it comes for the first time, or there are too many. */
    @Nullable
    SharedList join(List<String> names, String group, int stream) {
        SharedList list = shared.get(names);
        if (list == null) {
            if (shared.size() == MOST_SHARED || !cameBefore(names)) {
                return null;
            }
            list = share(names);
        }
        add(list.byGroup(), group, stream);
        return list;
    }

    private boolean cameBefore(List<String> names) {
        Integer hash = names.hashCode();
        if (newLists.remove(hash)) {
            return true;
        }
        if (newLists.size() == MOST_NEW) {
            newLists.removeFirst();
        }
        newLists.addLast(hash);
        return false;
    }

    private SharedList share(List<String> names) {
        SharedList list = new SharedList(names);
        for (String name : names) {
            int number = numbers.find(name);
            Named named = at(number);
            if (named == null) {
                named = new Named();
                number = numbers.use(name);
                enter(number, named);
            }
            if (list.numbers().checkedAdd(number)) {
                named.lists.add(list);
            }
        }
        shared.put(names, list);
        return list;
    }

    boolean has(SharedList list, String name) {
        int number = numbers.find(name);
        return number >= 0 && list.numbers().contains(number);
    }

    void leave(SharedList list, String group, int stream) {
        remove(list.byGroup(), group, stream);
        if (list.byGroup().isEmpty()) {
            shared.remove(list.names());
            for (int number : list.numbers()) {
                Named named = Objects.requireNonNull(at(number));
                named.lists.remove(list);
                tidy(number, named);
            }
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Puts in those of one group. */
    void putInto(RoaringBitmap all, String name, String group) {
        Named named = at(numbers.find(name));
        if (named != null) {
            putInto(all, named.byGroup.get(group));
            named.lists.forEach(list -> putInto(all, list.byGroup().get(group)));
        }
    }

    private static void putInto(RoaringBitmap all, @Nullable RoaringBitmap some) {
        if (some != null) {
            all.or(some);
        }
    }

    /** Puts in those of every group. */
    void putInto(RoaringBitmap all, String name) {
        Named named = at(numbers.find(name));
        if (named != null) {
            named.byGroup.values().forEach(all::or);
            named.lists.forEach(list -> list.byGroup().values().forEach(all::or));
        }
    }

    private @Nullable Named at(int number) {
        return number < 0 || number >= byNumber.size() ? null : byNumber.get(number);
    }
}
