package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Make before break on one stream (rules 22 and 23). Clusters, listeners and routes come from one view, `working`, until
 * its order is done: clusters, what waits for their acks, then the removals. Load assignments come from the newest view
 * and wait for nothing. A stalled stream gives its view up and starts again with the newest.
 */
final class ChangeOrder {
    private final StreamSettings settings;
    private final TypeTable types;
    private final Sender sender;
    private final Departures departures;
    private final ClusterGate gate;
    private final Removals removals;
    private final ClusterAssignments assignments;

    private @Nullable GroupView working;
    private long takes;
    private long progressMs;

    ChangeOrder(StreamSettings settings, TypeTable types, Sender sender, Consumer<Effect> effects) {
        this.settings = settings;
        this.types = types;
        this.sender = sender;
        this.assignments = new ClusterAssignments(types);
        this.departures = new Departures(types);
        this.gate = new ClusterGate(settings, types, effects);
        this.removals = new Removals(types, sender, departures, effects);
    }

    /** The view that this type is taken from; null: no group selects the node. */
    @Nullable
    GroupView viewOf(TypeState type) {
        return type.turn == Turn.ASSIGNMENTS ? types.newest() : working;
    }

    /** Names that changed with a newer view are put here. */
    Set<String> changes(TypeState type) {
        return type.turn == Turn.ASSIGNMENTS ? type.pending : type.later;
    }

    /** A cluster was sent on this stream, and its load assignment not since. */
    boolean owes(TypeState type, String name) {
        return type.turn == Turn.ASSIGNMENTS && assignments.isOwed(name);
    }

    /** Of one of these. */
    boolean owesAny(TypeState type, List<Body> bodies) {
        return type.turn == Turn.ASSIGNMENTS
                && assignments.oweAny()
                && bodies.stream().anyMatch(body -> assignments.isOwed(body.name()));
    }

    /** To a client that has none and was told of none: all that it wants, sorted. They wait for nothing. */
    void sendAllAssignments(TypeState type, List<Body> all, long nowMs) {
        sender.sendAllNew(type, all, nowMs);
        type.sends++;
        assignments.sent(all);
    }

    void see(@Nullable GroupView group, long nowMs) {
        types.see(group);
        if (group == null) {
            working = null;
        } else {
            takeNewest(group, nowMs);
        }
    }

    void rejected(TypeState type, List<Unanswered.Item> items) {
        if (type.turn == Turn.CLUSTERS) {
            assignments.clustersWereRejected(items);
        }
    }

    void progress(TypeState type, long nowMs) {
        progressMs = nowMs;
        if (type.turn == Turn.CLUSTERS) {
            types.waiting().forEach(TypeState::reconsider);
            gate.answered(type);
            if (!type.isUnanswered()) {
                assignments.clustersWereAnswered();
            }
        }
    }

    void advance(long nowMs) {
        GroupView group = types.newest();
        if (group == null) {
            return;
        }
        takeNewest(group, nowMs);
        do {
            pass(working == null ? group : working, group, nowMs);
        } while (takeNewest(group, nowMs));
    }

    private boolean takeNewest(GroupView group, long nowMs) {
        if (working == group) { // The one handle of the newest view.
            return false;
        }
        boolean stalled = nowMs - progressMs >= StreamSettings.STALL_MS;
        if (settings.ordered() && working != null && !stalled && !isDone()) {
            return false;
        }
        take(group, nowMs);
        return true;
    }

    private void take(GroupView group, long nowMs) {
        working = group;
        takes++;
        progressMs = nowMs;
        types.inOrder().forEach(TypeState::takeLater);
    }

    /** The view that the stream works from may be older than what the client has (rule 21): from the newest, then. */
    void startAgain(long nowMs) {
        GroupView newest = types.newest();
        if (newest != null) {
            take(newest, nowMs);
        }
    }

    /** Nothing of the working view is left to send; what must stay since its leaving was rejected doesn't count. */
    private boolean isDone() {
        for (TypeState type : types.inOrder()) {
            boolean ordered = type.turn == Turn.CLUSTERS || type.turn.waitsForClusters();
            if (ordered && (type.isPending() || removals.remain(type))) {
                return false;
            }
        }
        return true;
    }

    private void pass(GroupView from, GroupView newestGroup, long nowMs) {
        boolean open = true;
        if (!types.anyWaiting(TypeState::isPending)) {
            gate.leave();
        }
        for (TypeState type : types.inOrder()) {
            if (type.shownVersion != null && !type.doubtedWhole) {
                compareShown(type, from, type.shownVersion);
            }
            switch (type.turn) {
                case FIRST -> {
                    if (!type.isUnanswered()) {
                        send(type, from, nowMs);
                    }
                }
                case CLUSTERS -> sendClusters(type, from, nowMs);
                case ASSIGNMENTS -> sendAssignments(type, newestGroup, nowMs);
                case LISTENERS, ROUTES, VIRTUAL_HOSTS -> {
                    if (type.isPending()) {
                        open = open && !type.isUnanswered() && gate.isOpen(nowMs);
                        if (open) {
                            send(type, from, nowMs);
                        }
                    }
                }
            }
        }
        if (removals.takeAway(from, newestGroup, nowMs)) {
            progressMs = nowMs;
        }
    }

    private void sendClusters(TypeState clusters, GroupView from, long nowMs) {
        if (clusters.isUnansweredSince(nowMs - StreamSettings.STALL_MS)) {
            return;
        }
        for (Body cluster : send(clusters, from, nowMs)) {
            assignments.clusterWasSent(cluster, clusters.has.replaced(cluster));
        }
    }

    /** The client wants this no more. */
    void drops(TypeState type, String name) {
        Body body = type.has.held(name);
        if (body != null && type.turn == Turn.CLUSTERS) {
            assignments.clusterWasDropped(body);
        }
    }

    private void sendAssignments(TypeState type, GroupView group, long nowMs) {
        long emitted = type.emitted;
        boolean owed = type.answerOwed && !type.isUnanswered();
        List<String> names = assignments.due(type);
        while ((owed || !names.isEmpty()) && type.emitted == emitted) {
            boolean all = names.size() == type.pending.size();
            List<Body> sent = sender.send(type, names, new FromView(type, group), nowMs);
            type.sends += all ? 1 : 0;
            assignments.sent(sent);
            owed = false;
            names = assignments.due(type);
        }
    }

    /** Goes on while there was nothing to say of what was due: nothing else would look at the rest. */
    private List<Body> send(TypeState type, GroupView from, long nowMs) {
        List<Body> sent = List.of();
        long emitted = type.emitted;
        Set<String> due = type.due();
        boolean owed = type.answerOwed;
        while ((owed || !due.isEmpty()) && type.emitted == emitted) {
            boolean all = due.size() == type.pending.size();
            sent = sender.send(type, due, new FromView(type, from), nowMs);
            type.sends += all ? 1 : 0;
            progressMs = nowMs;
            owed = false;
            due = type.due();
        }
        return sent;
    }

    /** What one type is given from one view. */
    private final class FromView implements Sender.Terms {
        private final TypeState type;
        private final GroupView group;
        private @Nullable Set<ResourceName> named;

        FromView(TypeState type, GroupView group) {
            this.type = type;
            this.group = group;
        }

        @Override
        public @Nullable Body wanted(String name) {
            Body body = type.offer.find(group, name);
            boolean ofAClusterItHas = body == null
                    && type.turn == Turn.ASSIGNMENTS
                    && type.wants.names(name)
                    && namedByClusters().contains(type.resource(name));
            Body assignment = ofAClusterItHas ? group.assignment(name) : null;
            return assignment == null ? body : type.offer.fit(assignment);
        }

        private Set<ResourceName> namedByClusters() {
            if (named == null) {
                named = departures.namedByClusters();
            }
            return named;
        }

        @Override
        public Predicate<Body> waits() {
            return settings.ordered() && type.turn.waitsForClusters() ? departures::needsRefusedCluster : body -> false;
        }

        @Override
        public boolean goneWaits() {
            return settings.ordered() && type.turn.leavesLast();
        }
    }

    /** Rule 20; and a client that shows something else may have clusters that left the group lately (rule 22). */
    private void compareShown(TypeState type, GroupView from, String version) {
        type.shownVersion = null;
        List<Body> all = type.offer.all(from);
        boolean same = type.wants.wildcard()
                && type.wants.names().isEmpty()
                && Sender.version(all).equals(version);
        if (same && all.stream().allMatch(body -> body.ttlMs() == 0)) { // What has a ttl is sent (rule 28).
            type.has.showsTheView(all);
            all.forEach(body -> type.settle(body.name()));
            type.answerOwed = false;
        } else if (!same && type.turn == Turn.CLUSTERS && settings.ordered()) {
            for (Body departed : from.departedClusters()) {
                Body body = type.offer.fit(departed);
                boolean wanted = type.wants.wildcard() || type.wants.names(body.name());
                if (wanted && type.offer.find(from, body.name()) == null) {
                    type.has.assume(body);
                    type.pending.add(body.name());
                }
            }
        }
    }

    /** Everything that the newest view has for the client is answered. */
    boolean isSettled() {
        if (types.newest() == null) {
            return true;
        }
        for (TypeState type : types.inOrder()) {
            if (type.isPending()
                    || type.isUnanswered()
                    || type.isLater()
                    || !type.leftAlone.isEmpty()
                    || (type.turn == Turn.CLUSTERS && removals.remain(type))) {
                return false;
            }
        }
        return true;
    }

    /** How often a view was taken to work from. */
    long takes() {
        return takes;
    }

    /** A cluster is still to be taken away. */
    boolean clustersLeave() {
        TypeState clusters = types.get(Types.CLUSTER);
        return clusters != null && removals.remain(clusters);
    }

    /** When to look again, if nothing comes before; Long.MAX_VALUE: never. */
    long nextMs(long nowMs) {
        if (types.newest() == null) {
            return Long.MAX_VALUE;
        }
        long next = Math.min(later(gate.nextMs(), nowMs), later(removals.nextMs(), nowMs));
        TypeState clusters = types.get(Types.CLUSTER);
        if (settings.ordered() && working != types.newest() && !isDone()) {
            next = Math.min(next, later(progressMs + StreamSettings.STALL_MS, nowMs));
        }
        if (clusters != null && (clusters.isPending() || clusters.isLeaving())) {
            for (Unanswered one : clusters.has.unanswered()) {
                next = Math.min(next, later(one.sentMs() + StreamSettings.STALL_MS, nowMs));
            }
        }
        return next;
    }

    private static long later(long ms, long nowMs) {
        return ms > nowMs ? ms : Long.MAX_VALUE;
    }
}
