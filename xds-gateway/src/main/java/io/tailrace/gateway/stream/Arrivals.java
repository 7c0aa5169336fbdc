package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * First requests of a type, in delta, by clients who name what they want, and have all of it at the view's versions, or nothing.
 * Of a crowd that reconnects nearly all are such, and of each name one look at the view is enough.
 */
final class Arrivals {
    private final StreamSettings settings;
    private final TypeTable types;
    private final Interests interests;
    private final ChangeOrder order;

    Arrivals(StreamSettings settings, TypeTable types, Interests interests, ChangeOrder order) {
        this.settings = settings;
        this.types = types;
        this.interests = interests;
        this.order = order;
    }

    /**
     * Returns whether it is such a request, and is done: who has all of it is owed nothing, now or by a newer view; who has
     * nothing is sent all of it.
     *
     * @param open the stream may say something now
     */
    boolean takes(TypeState type, GroupView group, Request.Delta request, boolean open, long nowMs) {
        Map<String, String> shown = request.initialVersions();
        List<String> asked = request.subscribe();
        if (!request.unsubscribe().isEmpty()
                || order.viewOf(type) != group
                || types.names() + Math.max(asked.size(), shown.size()) > settings.maxNames()
                || (shown.isEmpty() && !(open && type.turn == Turn.ASSIGNMENTS))) {
            return false;
        }
        List<Body> wanted = wanted(type, group, asked);
        if (wanted == null || (!shown.isEmpty() && !hasAll(type, wanted, shown))) {
            return false;
        }
        type.wants.resume(asked);
        interests.addAll(group.name(), type.typeUrl, asked);
        if (shown.isEmpty()) {
            wanted.sort(Comparator.comparing(Body::name));
            order.sendAllAssignments(type, wanted, nowMs);
        } else {
            type.reconnected = true;
        }
        return true;
    }

    /** By just the names that are asked for, each once; null: the view hasn't them all, or more is asked for. */
    private static @Nullable List<Body> wanted(TypeState type, GroupView group, List<String> asked) {
        if (asked.isEmpty() || asked.contains(Interests.WILDCARD) || !areDistinct(asked)) {
            return null;
        }
        List<Body> wanted = new ArrayList<>(asked.size());
        for (String name : asked) {
            Body body = type.offer.named(group, name);
            if (body == null) {
                return null;
            }
            wanted.add(body);
        }
        return wanted;
    }

    /** Envoy's are sorted. */
    private static boolean areDistinct(List<String> names) {
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                return new HashSet<>(names).size() == names.size();
            }
        }
        return true;
    }

    /** At the versions that it shows, and for good: what has a ttl is sent (rule 28), and what a new cluster waits for. */
    private boolean hasAll(TypeState type, List<Body> wanted, Map<String, String> shown) {
        for (Body body : wanted) {
            String version = shown.get(body.name());
            if (version == null || !body.hasHashOf(version) || body.ttlMs() > 0 || order.owes(type, body.name())) {
                return false;
            }
        }
        return shown.size() == wanted.size();
    }
}
