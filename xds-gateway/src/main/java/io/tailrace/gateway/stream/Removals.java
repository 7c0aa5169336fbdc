package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes away what left the view, last of all (rule 22): a cluster when the listeners and routes that left it are acked, and
 * its load assignment after it.
 */
final class Removals {
    private final TypeTable types;
    private final Sender sender;
    private final Departures departures;
    private final Consumer<Effect> effects;
    private final BoundedWait routes;

    Removals(TypeTable types, Sender sender, Departures departures, Consumer<Effect> effects) {
        this.types = types;
        this.sender = sender;
        this.departures = departures;
        this.effects = effects;
        this.routes = new BoundedWait(StreamSettings.ORDER_LIMIT_MS);
    }

    /** Something is still to be taken away, which is needed by nothing that the client keeps. */
    boolean remain(TypeState type) {
        return type.isLeaving() && type.leaving.stream().anyMatch(name -> !departures.isNeeded(type.resource(name)));
    }

    /**
     * Takes away what may go.
     *
     * @param from the view that clusters, listeners and routes are taken from
     * @param newest the view that load assignments are taken from
     * @return whether clusters went
     */
    boolean takeAway(GroupView from, GroupView newest, long nowMs) {
        if (!types.any(TypeState::isLeaving)) {
            routes.end();
            return false;
        }
        if (!departures.othersAreDone()) {
            return false;
        }
        TypeState clusters = types.get(Types.CLUSTER);
        boolean clustersWent = false;
        if (clusters != null && clusters.isLeaving()) {
            if (clusters.isUnansweredSince(nowMs - StreamSettings.STALL_MS) || !mayLeave(from, nowMs)) {
                return false;
            }
            takeAwayClusters(clusters, newest, nowMs);
            clustersWent = true;
        }
        boolean clustersStay = clusters != null && (clusters.isLeaving() || mayGoBack(clusters));
        for (TypeState type : types.inOrder()) {
            if (type.turn == Turn.FIRST && !type.isUnanswered()) {
                sender.takeAway(type, List.copyOf(type.leaving), nowMs);
            } else if (type.turn == Turn.ASSIGNMENTS && !type.isUnanswered() && !clustersStay) {
                sender.takeAway(type, ofNoCluster(type), nowMs);
            }
        }
        return clustersWent;
    }

    /** Until a cluster that is sent anew is accepted, the client uses the one before, and the load assignment that it names. */
    private static boolean mayGoBack(TypeState clusters) {
        for (Unanswered one : clusters.has.unanswered()) {
            if (one.adds()) {
                return true;
            }
        }
        return false;
    }

    private void takeAwayClusters(TypeState clusters, GroupView newest, long nowMs) {
        List<String> names = clusters.leaving.stream()
                .filter(name -> !departures.isNeeded(clusters.resource(name)))
                .toList();
        assignmentsLeave(clusters, names, newest);
        sender.takeAway(clusters, names, nowMs);
    }

    /** The load assignments of clusters that go were kept up to date for them; now they go too. */
    private void assignmentsLeave(TypeState clusters, List<String> names, GroupView newest) {
        TypeState assignments = types.get(Types.ASSIGNMENT);
        for (String name : names) {
            Body cluster = clusters.has.held(name);
            if (cluster != null && assignments != null) {
                cluster.refs().stream()
                        .filter(ref -> ref.typeUrl().equals(Types.ASSIGNMENT) && assignments.has.has(ref.name()))
                        .filter(ref -> newest.find(ref) == null)
                        .forEach(ref -> assignments.leaving.add(ref.name()));
            }
        }
    }

    private List<String> ofNoCluster(TypeState assignments) {
        if (assignments.leaving.isEmpty()) {
            return List.of();
        }
        Set<ResourceName> named = departures.namedByClusters();
        return assignments.leaving.stream()
                .filter(name -> !named.contains(assignments.resource(name)))
                .toList();
    }

    private boolean mayLeave(GroupView from, long nowMs) {
        if (departures.routesHaveArrived(from)) {
            routes.end();
            return true;
        }
        boolean tooLong = routes.isTooLong(nowMs);
        if (tooLong) {
            effects.accept(new Effect.Tell(new Fact.OrderLimitPassed(Types.ROUTE)));
        }
        return tooLong;
    }

    long nextMs() {
        return routes.nextMs();
    }
}
