package io.tailrace.gateway.simulation;

import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.ModelClient;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A client that does as Envoy does. It asks for the load assignments of its clusters and for the routes of its listeners.
 * A cluster that is new or changed warms until its load assignment comes after it, and serves then; the response that
 * brought it is acked when nothing warms any more, but for the first. A listener warms until it has its routes. Listeners
 * are asked for when the first clusters are warm. It watches that no route that serves lacks a cluster (rule 22).
 */
final class EnvoyNode extends SimulatedNode {
    private final ModelClient clusters = type(Types.CLUSTER);
    private final ModelClient hosts = type(Types.ASSIGNMENT);
    private final ModelClient listeners = type(Types.LISTENER);
    private final ModelClient routes = type(Types.ROUTE);
    private final Map<String, Answer.Piece> serving = new TreeMap<>();
    private final Map<String, Answer.Piece> warming = new TreeMap<>();
    private final Map<String, Answer.Piece> listening = new TreeMap<>();
    private final Deque<ModelClient.Taken> unanswered = new ArrayDeque<>();
    private boolean initialized;
    private @Nullable SimulatedStream previous;
    private @Nullable String groupBefore;

    EnvoyNode(Node node, Variant variant, boolean critical, SimulatedLog log, Random random) {
        super(node, variant, critical, log, random);
    }

    @Override
    void connected() {
        groupBefore = previous == null ? null : previous.group();
        previous = stream();
        unanswered.clear();
        warming.keySet()
                .removeIf(
                        name -> { // It waits for its fetch timeout, since what it has isn't sent again.
                            serving.put(name, warming.get(name));
                            return true;
                        });
        if (!clusters.isAsked()) {
            clusters.wildcard();
        }
    }

    @Override
    void act() {
        boolean _ = takeNext();
    }

    @Override
    boolean settle() {
        boolean any = false;
        while (takeNext()) {
            any = true;
        }
        return any;
    }

    /** In the order of the wire. */
    private boolean takeNext() {
        String typeUrl = arrived.poll();
        return switch (typeUrl) {
            case null -> false;
            case Types.CLUSTER -> takeClusters();
            case Types.ASSIGNMENT -> takeHosts();
            case Types.LISTENER -> takeListeners();
            default -> takeRoutes();
        };
    }

    private boolean takeClusters() {
        if (!clusters.hasMail()) {
            return false;
        }
        ModelClient.Taken taken = take(clusters, Types.CLUSTER);
        taken.gone().forEach(name -> {
            serving.remove(name);
            warming.remove(name);
        });
        taken.brought().forEach(piece -> warming.put(piece.name(), piece));
        watch();
        follow(hosts, refs(Types.ASSIGNMENT, serving, warming), taken.brought());
        unanswered.add(taken);
        answer();
        return true;
    }

    private boolean takeHosts() {
        if (!hosts.hasMail()) {
            return false;
        }
        ModelClient.Taken taken = take(hosts, Types.ASSIGNMENT);
        if (!taken.rejected()) {
            for (Answer.Piece piece : List.copyOf(warming.values())) {
                if (piece.refs().stream().anyMatch(ref -> taken.answer().names().contains(ref.name()))) {
                    serving.put(piece.name(), piece);
                    warming.remove(piece.name());
                }
            }
        }
        hosts.answer(taken);
        follow(hosts, refs(Types.ASSIGNMENT, serving, warming), List.of());
        answer();
        return true;
    }

    /** What it took of clusters is answered when nothing warms, or at once if it is the first or rejected. */
    private void answer() {
        while (!unanswered.isEmpty()
                && (warming.isEmpty() || !initialized || unanswered.element().rejected())) {
            clusters.answer(unanswered.remove());
        }
        if (warming.isEmpty() && !initialized) {
            initialized = true;
            listeners.wildcard();
        }
    }

    private boolean takeListeners() {
        if (!listeners.hasMail()) {
            return false;
        }
        ModelClient.Taken taken = take(listeners, Types.LISTENER);
        taken.gone().forEach(listening::remove);
        listen();
        follow(routes, wantedRoutes(), List.of());
        listeners.answer(taken);
        watch();
        return true;
    }

    private boolean takeRoutes() {
        if (!routes.hasMail()) {
            return false;
        }
        routes.answer(take(routes, Types.ROUTE));
        listen();
        follow(routes, wantedRoutes(), List.of());
        watch();
        return true;
    }

    private void listen() {
        for (Answer.Piece piece : listeners.pieces().values()) {
            if (piece.refs().stream().allMatch(ref -> routes.pieces().containsKey(ref.name()))) {
                listening.put(piece.name(), piece);
            }
        }
    }

    private Set<String> wantedRoutes() {
        return refs(Types.ROUTE, listeners.pieces(), listening);
    }

    private static Set<String> refs(String typeUrl, Map<String, Answer.Piece> some, Map<String, Answer.Piece> others) {
        Set<String> names = new TreeSet<>();
        for (Map<String, Answer.Piece> pieces : List.of(some, others)) {
            for (Answer.Piece piece : pieces.values()) {
                piece.refs().stream()
                        .filter(ref -> ref.typeUrl().equals(typeUrl))
                        .map(ResourceName::name)
                        .forEach(names::add);
            }
        }
        return names;
    }

    /** Subscribes to what is referred to. In SotW, a changed one whose name stays asks once more. */
    private void follow(ModelClient type, Set<String> names, List<Answer.Piece> changed) {
        Set<String> more = new TreeSet<>(names);
        more.removeAll(type.subscriptions());
        Set<String> less = new TreeSet<>(type.subscriptions());
        less.removeAll(names);
        if (!more.isEmpty() || (variant == Variant.SOTW && !changed.isEmpty() && type.isAsked())) {
            type.subscribe(more);
        }
        if (!less.isEmpty()) {
            type.unsubscribe(less);
        }
    }

    /** What a SotW node had of the group before, when it was away, nobody can know. */
    private boolean hasOtherGroup(SimulatedStream stream) {
        return variant == Variant.SOTW && groupBefore != null && !groupBefore.equals(stream.group());
    }

    /** No request fails for want of a cluster. */
    private void watch() {
        var stream = stream();
        if (isCritical() || (stream != null && (stream.hasGivenUp() || hasOtherGroup(stream)))) {
            return;
        }
        for (Answer.Piece listener : listening.values()) {
            for (ResourceName ref : listener.refs()) {
                Answer.Piece route = routes.pieces().get(ref.name());
                if (route != null) {
                    for (ResourceName cluster : route.refs()) {
                        demand(
                                serving.containsKey(cluster.name()),
                                "route " + route + " of listener " + listener.name() + " lacks cluster "
                                        + cluster.name());
                    }
                }
            }
        }
    }

    @Override
    void checkAtRest() {
        demand(warming.isEmpty(), "these clusters warm for ever: " + warming.keySet());
        demand(
                listening.keySet().equals(listeners.held().keySet()),
                "these listeners warm for ever: " + listeners.held().keySet() + " but " + listening.keySet());
    }
}
