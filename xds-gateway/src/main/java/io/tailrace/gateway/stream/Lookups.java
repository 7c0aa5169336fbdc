package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.ResourceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the newest view of a group gives by name, looked for once for all streams of a thread: a crowd that reconnects asks
 * for the same.
 */
final class Lookups {
    /** Some 10 MB; then it begins anew. */
    private static final int MOST = 100_000;

    private final Map<String, Map<String, Found>> byMesh = new HashMap<>();
    private int count;

    private static final class Found {
        private final Map<String, Map<String, Optional<Body>>> byType = new HashMap<>();
        private final long view;

        Found(long view) {
            this.view = view;
        }
    }

    @Nullable
    Body find(GroupView group, String typeUrl, String name) {
        Map<String, Found> groups = byMesh.computeIfAbsent(group.mesh(), m -> new HashMap<>());
        Found found = groups.get(group.name());
        if (found != null && found.view > group.number()) {
            return group.find(new ResourceName(typeUrl, name));
        }
        if (found == null || found.view < group.number()) {
            found = new Found(group.number());
            groups.put(group.name(), found);
        }
        Map<String, Optional<Body>> bodies = found.byType.computeIfAbsent(typeUrl, t -> new HashMap<>());
        Optional<Body> known = bodies.get(name);
        if (known == null) {
            known = Optional.ofNullable(group.find(new ResourceName(typeUrl, name)));
            remember(bodies, name, known);
        }
        return known.orElse(null);
    }

    private void remember(Map<String, Optional<Body>> bodies, String name, Optional<Body> body) {
        bodies.put(name, body);
        if (++count > MOST) {
            byMesh.clear();
            count = 0;
        }
    }
}
