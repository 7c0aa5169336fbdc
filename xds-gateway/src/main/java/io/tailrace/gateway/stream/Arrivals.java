package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.GroupView;
import java.util.List;

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
        VersionList shown = request.initialVersions();
        boolean knowsNothing = shown.size() == 0;
        List<String> asked = request.subscribe();
        if (!request.unsubscribe().isEmpty()
                || order.viewOf(type) != group
                || types.names() + Math.max(asked.size(), shown.size()) > settings.maxNames()
                || (knowsNothing && !(open && type.turn == Turn.ASSIGNMENTS))) {
            return false;
        }
        if (asked.isEmpty() || asked.contains(Interests.WILDCARD)) {
            return false;
        }
        ListedBodies wanted = type.offer.listed(group, asked);
        if (wanted == null || (!knowsNothing && !hasAll(type, wanted, shown))) {
            return false;
        }
        type.wants.resume(asked);
        interests.addList(group.name(), type.typeUrl, asked);
        if (knowsNothing) {
            order.sendAllAssignments(type, wanted.all(), nowMs);
        } else {
            type.reconnected = true;
        }
        return true;
    }

    /** For good: what has a ttl is sent (rule 28), and what a new cluster waits for. */
    private boolean hasAll(TypeState type, ListedBodies wanted, VersionList shown) {
        return wanted.areShown(shown) && !wanted.hasTtls() && !order.owesAny(type, wanted.all());
    }
}
