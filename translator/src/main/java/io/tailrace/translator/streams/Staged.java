package io.tailrace.translator.streams;

import io.tailrace.translator.lane.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is decided but not written yet: the newest of each key. Most changes pass through it whole, in one call; of a very
 * large one the rest waits here for the next.
 */
final class Staged {
    private final Map<String, NavigableMap<String, Entry>> entries = new HashMap<>();
    private int size;
    private long bytes;

    /**
     * @param value null: the key goes
     * @param output the record for an output; null: the store's business alone
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Entry(String store, String key, byte @Nullable [] value, Change.@Nullable Write output) {
        long bytes() {
            return (long) key.length() + (value == null ? 0 : value.length);
        }
    }

    void add(String store, String key, byte @Nullable [] value, Change.@Nullable Write output) {
        Entry entry = new Entry(store, key, value, output);
        Entry before = entries.computeIfAbsent(store, _ -> new TreeMap<>()).put(key, entry);
        size += before == null ? 1 : 0;
        bytes += entry.bytes() - (before == null ? 0 : before.bytes());
    }

    boolean isEmpty() {
        return size == 0;
    }

    boolean isMoreThan(int maxEntries, long maxBytes) {
        return size > maxEntries || bytes > maxBytes;
    }

    @Nullable
    Entry get(String store, String key) {
        NavigableMap<String, Entry> ofStore = entries.get(store);
        return ofStore == null ? null : ofStore.get(key);
    }

    void forEach(String store, String prefix, Consumer<Entry> entry) {
        NavigableMap<String, Entry> ofStore = entries.get(store);
        if (ofStore != null) {
            ofStore.tailMap(prefix, true).values().stream()
                    .takeWhile(each -> each.key().startsWith(prefix))
                    .forEach(entry);
        }
    }

    /** Takes one out. Throws {@link IllegalStateException} if it is empty. */
    Entry poll() {
        for (NavigableMap<String, Entry> ofStore : entries.values()) {
            Map.Entry<String, Entry> first = ofStore.pollFirstEntry();
            if (first != null) {
                size--;
                bytes -= first.getValue().bytes();
                return first.getValue();
            }
        }
        throw new IllegalStateException("nothing is staged");
    }
}
