package io.tailrace.translator.lane;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** What a store must be told so that it holds exactly what is wanted. */
public final class StoreDifference {
    private final String store;
    private final Map<String, byte[]> held = new HashMap<>();
    private final Map<String, byte[]> missing = new HashMap<>();

    public StoreDifference(State state, String store) {
        this.store = store;
        state.forEach(store, held::put);
    }

    public void wanted(String key, byte[] value) {
        byte[] before = held.remove(key);
        if (!Arrays.equals(before, value)) {
            missing.put(key, value);
        }
    }

    public void addTo(ChangeBuilder change) {
        missing.forEach((key, value) -> change.put(store, key, value));
        held.keySet().forEach(key -> change.put(store, key, null));
    }
}
