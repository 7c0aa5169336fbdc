package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Of a type of which a response is all: what the last response says that the client has accepted. It is kept as how it differs
 * from what the client is taken to have, since it seldom does.
 */
final class Accepted {
    private final Overlay bodies;

    Accepted(Overlay held) {
        this.bodies = new Overlay(held);
    }

    /** Before another body is held by this name, or none. */
    void keep(String name) {
        bodies.keep(name);
    }

    /** After that. */
    void tidy(String name) {
        bodies.tidy(name);
    }

    void put(String name, @Nullable Body body) {
        bodies.put(name, body);
    }

    void become(Map<String, Body> all) {
        for (Body before : bodies.all()) {
            if (!all.containsKey(before.name())) {
                bodies.put(before.name(), null);
            }
        }
        all.values().forEach(body -> bodies.put(body.name(), body));
    }

    Set<String> names() {
        return bodies.all().stream().map(Body::name).collect(Collectors.toSet());
    }

    /** As a client shows it. */
    String version() {
        return Sender.version(bodies.all());
    }

    /** What a response that says this changes of it. */
    List<Unanswered.Item> changes(Map<String, Body> all) {
        List<Unanswered.Item> items = new ArrayList<>();
        for (Body now : all.values()) {
            Body before = bodies.get(now.name());
            if (!Overlay.isSame(before, now)) {
                items.add(new Unanswered.Item(now.name(), before, now));
            }
        }
        for (Body before : bodies.all()) {
            if (!all.containsKey(before.name())) {
                items.add(new Unanswered.Item(before.name(), before, null));
            }
        }
        return items;
    }
}
