package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the log says of a mesh at one moment. Deleted objects are in it too, with their deletion. */
public final class LogState {
    private final String mesh;
    private final SortedMap<ObjectKey, InForce> objects;

    LogState(String mesh, Map<ObjectKey, InForce> objects) {
        this.mesh = mesh;
        this.objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
    }

    public String mesh() {
        return mesh;
    }

    /** By key. */
    public SortedMap<ObjectKey, InForce> objects() {
        return objects;
    }

    /** The value in force; null: there is none. */
    public @Nullable Message value(ObjectKey key) {
        InForce known = objects.get(key);
        return known == null ? null : known.value();
    }
}
