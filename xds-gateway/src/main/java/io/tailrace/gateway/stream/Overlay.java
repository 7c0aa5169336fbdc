package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Bodies by name that are those of something else, but for a few. What it is laid over may change: who changes it says
 * before of which name, by {@link #keep}, and may say when it is done, by {@link #tidy}.
 */
final class Overlay implements Bodies {
    private final Bodies base;

    /** Null while it is empty, as it nearly always is. */
    private @Nullable Map<String, Optional<Body>> own;

    /** `base`: what it is laid over. */
    Overlay(Bodies base) {
        this.base = base;
    }

    @Override
    public @Nullable Body get(String name) {
        Optional<Body> mine = own == null ? null : own.get(name);
        return mine == null ? base.get(name) : mine.orElse(null);
    }

    /** Null takes it away. */
    void put(String name, @Nullable Body body) {
        if (!isSame(base.get(name), body)) {
            own().put(name, Optional.ofNullable(body));
        } else if (own != null) {
            own.remove(name);
            dropIfEmpty(own);
        }
    }

    /** Stays what it is when the base has another body by this name. */
    void keep(String name) {
        if (own == null || !own.containsKey(name)) {
            own().put(name, Optional.ofNullable(base.get(name)));
        }
    }

    /** What is what the base has isn't kept apart from it. */
    void tidy(String name) {
        Optional<Body> mine = own == null ? null : own.get(name);
        if (mine != null) {
            put(name, mine.orElse(null));
        }
    }

    void tidy() {
        if (own != null) {
            own.entrySet()
                    .removeIf(mine ->
                            isSame(base.get(mine.getKey()), mine.getValue().orElse(null)));
            dropIfEmpty(own);
        }
    }

    @Override
    public Collection<Body> all() {
        if (own == null) {
            return base.all();
        }
        Map<String, Body> all = new TreeMap<>();
        base.all().forEach(body -> all.put(body.name(), body));
        own.forEach((name, mine) -> mine.ifPresentOrElse(body -> all.put(name, body), () -> all.remove(name)));
        return all.values();
    }

    private Map<String, Optional<Body>> own() {
        Map<String, Optional<Body>> mine = own == null ? new HashMap<>() : own;
        own = mine;
        return mine;
    }

    private void dropIfEmpty(Map<String, Optional<Body>> mine) {
        own = mine.isEmpty() ? null : mine;
    }

    static boolean isSame(@Nullable Body one, @Nullable Body other) {
        return one == null ? other == null : other != null && one.sameContent(other);
    }
}
