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

    /** What was asked last, as a stream asks for many names of one type. */
    private @Nullable GroupView lastGroup;

    private String lastType = "";
    private Map<String, Optional<Body>> lastBodies = Map.of();

    private static final class Found {
        private final Map<String, Map<String, Optional<Body>>> byType = new HashMap<>();
        private final long view;

        Found(long view) {
            this.view = view;
        }
    }

    @Nullable
    Body find(GroupView group, String typeUrl, String name) {
        if (group != lastGroup || !typeUrl.equals(lastType)) {
            Map<String, Optional<Body>> bodies = bodies(group, typeUrl);
            if (bodies == null) {
                return group.find(new ResourceName(typeUrl, name));
            }
            lastGroup = group;
            lastType = typeUrl;
            lastBodies = bodies;
        }
        Optional<Body> known = lastBodies.get(name);
        if (known == null) {
            known = Optional.ofNullable(group.find(new ResourceName(typeUrl, name)));
            remember(lastBodies, name, known);
        }
        return known.orElse(null);
    }

    /** Null if the group is that of an older view. */
    private @Nullable Map<String, Optional<Body>> bodies(GroupView group, String typeUrl) {
        Map<String, Found> groups = byMesh.computeIfAbsent(group.mesh(), m -> new HashMap<>());
        Found found = groups.get(group.name());
        if (found != null && found.view > group.number()) {
            return null;
        }
        if (found == null || found.view < group.number()) {
            found = new Found(group.number());
            groups.put(group.name(), found);
        }
        return found.byType.computeIfAbsent(typeUrl, t -> new HashMap<>());
    }

    private void remember(Map<String, Optional<Body>> bodies, String name, Optional<Body> body) {
        bodies.put(name, body);
        if (++count > MOST) {
            byMesh.clear();
            lastGroup = null;
            count = 0;
        }
    }
}
