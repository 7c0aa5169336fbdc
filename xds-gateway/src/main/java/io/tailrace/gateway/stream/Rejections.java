package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a client has rejected of one type, by name: the newest body of each, or its removal. */
final class Rejections {
    private static final String REMOVAL = "";

    private final Map<String, String> hashes = new TreeMap<>();

    private static String hash(@Nullable Body body) {
        return body == null ? REMOVAL : body.hash();
    }

    void add(Unanswered.Item item) {
        hashes.put(item.name(), hash(item.now()));
    }

    boolean isEmpty() {
        return hashes.isEmpty();
    }

    Set<String> names() {
        return hashes.keySet();
    }

    boolean contains(String name) {
        return hashes.containsKey(name);
    }

    /** Just this. */
    boolean contains(Body body) {
        return body.hash().equals(hashes.get(body.name()));
    }

    boolean containsRemoval(String name) {
        return REMOVAL.equals(hashes.get(name));
    }

    /** It was accepted, or is sent for another reason or not at all. Returns the name if it was rejected. */
    List<String> end(String name) {
        return hashes.remove(name) == null ? List.of() : List.of(name);
    }

    /** The client has accepted just this of all of the type. Returns the names of which it had rejected that. */
    List<String> endWith(Map<String, Body> all) {
        List<String> ended = new ArrayList<>();
        hashes.forEach((name, rejected) -> {
            if (rejected.equals(hash(all.get(name)))) {
                ended.add(name);
            }
        });
        hashes.keySet().removeAll(ended);
        return ended;
    }
}
