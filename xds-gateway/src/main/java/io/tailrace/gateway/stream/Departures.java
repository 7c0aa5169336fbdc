package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When a cluster that goes may be taken from a client: after the listeners and routes that left it (rule 22). */
final class Departures {
    private final TypeTable types;

    Departures(TypeTable types) {
        this.types = types;
    }

    /** Listeners and routes are sent and answered. */
    boolean othersAreDone() {
        return !types.anyWaiting(type -> type.isPending() || type.isUnanswered());
    }

    /**
     * The routes that the client's listeners name have come to it: a listener is acked while it still warms for them, and
     * the one before it serves on. Of a client that was here before, its listeners must have shown themselves.
     */
    boolean routesHaveArrived(GroupView group) {
        TypeState listeners = types.get(Types.LISTENER);
        if (listeners == null) {
            TypeState clusters = types.get(Types.CLUSTER);
            return clusters == null || !clusters.reconnected;
        }
        for (Body listener : listeners.has.held()) {
            for (ResourceName ref : listener.refs()) {
                if (Turn.of(ref.typeUrl()) == Turn.ROUTES && group.find(ref) != null && !has(ref)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean has(ResourceName ref) {
        TypeState type = types.get(ref.typeUrl());
        return type != null && type.has.has(ref.name());
    }

    /** What would have left it was rejected, or is held back: the client still uses what it had. */
    boolean isNeeded(ResourceName cluster) {
        for (TypeState type : types.waiting()) {
            for (String name : type.has.rejections().names()) {
                if (type.has.isRefused(name) || refers(type.has.held(name), cluster)) {
                    return true;
                }
            }
            for (String name : type.heldBack) {
                if (refers(type.has.held(name), cluster)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean refers(@Nullable Body body, ResourceName ref) {
        return body != null && body.refs().contains(ref);
    }

    /** What the clusters that the client has refer to, their load assignments among it. Goes through all of them. */
    Set<ResourceName> namedByClusters() {
        TypeState clusters = types.get(Types.CLUSTER);
        Set<ResourceName> named = new HashSet<>();
        if (clusters != null) {
            clusters.has.held().forEach(cluster -> named.addAll(cluster.refs()));
        }
        return named;
    }

    /** A listener, route or virtual host that needs a cluster which the client rejected and never had (rule 6). */
    boolean needsRefusedCluster(Body body) {
        TypeState clusters = types.get(Types.CLUSTER);
        return clusters != null
                && body.refs().stream()
                        .anyMatch(ref -> ref.typeUrl().equals(Types.CLUSTER) && clusters.has.isRefused(ref.name()));
    }
}
