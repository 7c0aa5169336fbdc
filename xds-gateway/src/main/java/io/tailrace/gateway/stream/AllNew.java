package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a response says to a client that had nothing of it, by name. It is nearly always accepted, and then nobody asks name by
 * name: it is a list until somebody does.
 */
final class AllNew extends AbstractMap<String, Unanswered.Item> {
    private final List<Body> bodies;
    private @Nullable Map<String, Unanswered.Item> byName;

    AllNew(List<Body> bodies) {
        this.bodies = bodies;
    }

    private Map<String, Unanswered.Item> byName() {
        Map<String, Unanswered.Item> items = byName;
        if (items == null) {
            items = HashMap.newHashMap(bodies.size());
            for (Body body : bodies) {
                items.put(body.name(), new Unanswered.Item(body.name(), null, body));
            }
            byName = items;
        }
        return items;
    }

    @Override
    public Set<Entry<String, Unanswered.Item>> entrySet() {
        return byName().entrySet();
    }

    @Override
    public Unanswered.@Nullable Item get(Object name) {
        return byName().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return byName().containsKey(name);
    }

    @Override
    public Unanswered.@Nullable Item put(String name, Unanswered.Item item) {
        return byName().put(name, item);
    }
}
