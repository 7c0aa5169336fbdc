package io.tailrace.connectors.core.diff;

import io.tailrace.schemas.kind.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What on the log belongs to a source: the objects whose newest record bears its name. Two feed it, in any interleaving: the
 * reader of the log, record by record, and the publisher, which knows of its own writes before the reader does. The higher
 * offset counts. One thread at a time.
 */
public final class Holdings {
    /** @param hash empty: we removed it, and the reader hasn't come by yet */
    private record Held(OptionalLong hash, Place place) {}

    private final Map<ObjectKey, Held> held = new HashMap<>();
    private final Map<Place.Lane, Long> next = new HashMap<>();

    /** The reader came to a record of ours. */
    public void readOwn(ObjectKey key, Place place, long hash) {
        if (advance(key, place)) {
            held.put(key, new Held(OptionalLong.of(hash), place));
        }
    }

    /** The reader came to a deletion, or to another source's record: the object is not ours, or no more. */
    public void readOther(ObjectKey key, Place place) {
        if (advance(key, place)) {
            held.remove(key);
        }
    }

    /** Our own write was committed. */
    public void wrote(ObjectKey key, Place place, long hash) {
        wrote(key, new Held(OptionalLong.of(hash), place));
    }

    /** Our own deletion was committed. */
    public void removed(ObjectKey key, Place place) {
        wrote(key, new Held(OptionalLong.empty(), place));
    }

    /** What is ours now: the hash of each object's value on the log. */
    public Map<ObjectKey, Long> own() {
        Map<ObjectKey, Long> own = HashMap.newHashMap(held.size());
        held.forEach((key, value) -> value.hash.ifPresent(hash -> own.put(key, hash)));
        return own;
    }

    private boolean advance(ObjectKey key, Place place) {
        next.put(place.lane(), place.offset() + 1);
        Held known = held.get(key);
        return known == null || known.place.offset() <= place.offset();
    }

    private void wrote(ObjectKey key, Held write) {
        // Where the reader has been, it knows better: another may have written over ours since.
        if (next.getOrDefault(write.place.lane(), 0L) <= write.place.offset()) {
            held.put(key, write);
        }
    }
}
