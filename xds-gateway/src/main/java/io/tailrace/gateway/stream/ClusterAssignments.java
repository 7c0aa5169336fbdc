package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The load assignments that the clusters of a stream name. A cluster that is sent warms until its load assignment comes, had or
 * not (rule 23); one that is answered or dropped may have been the last to need what is gone from the view.
 */
final class ClusterAssignments {
    private final TypeTable types;
    private final Set<String> owed = new FewNames();

    /** Clusters that were sent anew name them no more, or were rejected. */
    private final Set<String> left = new FewNames();

    ClusterAssignments(TypeTable types) {
        this.types = types;
    }

    /** `before`: what it takes the place of, if that was sent on this stream. */
    void clusterWasSent(Body cluster, @Nullable Body before) {
        forEachOf(cluster, this::owe);
        if (before != null) {
            forEachOf(before, left::add);
        }
    }

    /** The client may have none of these: what they name was given for them. */
    void clustersWereRejected(List<Unanswered.Item> items) {
        for (Unanswered.Item item : items) {
            Body cluster = item.now();
            if (cluster != null) {
                forEachOf(cluster, left::add);
            }
        }
    }

    /** No response of clusters is under way. */
    void clustersWereAnswered() {
        left.forEach(this::compare);
        left.clear();
    }

    /** The client wants it no more. */
    void clusterWasDropped(Body cluster) {
        forEachOf(cluster, this::compare);
    }

    private static void forEachOf(Body cluster, Consumer<String> names) {
        for (ResourceName ref : cluster.refs()) {
            if (ref.typeUrl().equals(Types.ASSIGNMENT)) {
                names.accept(ref.name());
            }
        }
    }

    private void owe(String name) {
        owed.add(name);
        TypeState assignments = types.get(Types.ASSIGNMENT);
        if (assignments != null && assignments.wants.names(name)) {
            assignments.pending.add(name);
            assignments.again.add(name);
        }
    }

    private void compare(String name) {
        TypeState assignments = types.get(Types.ASSIGNMENT);
        if (assignments != null && assignments.has.has(name)) {
            assignments.pending.add(name);
        }
    }

    /** A cluster was sent on this stream, and this not since. */
    boolean isOwed(String name) {
        return owed.contains(name);
    }

    boolean oweAny() {
        return !owed.isEmpty();
    }

    void sent(Collection<Body> assignments) {
        assignments.forEach(body -> owed.remove(body.name()));
    }

    /** Of the pending ones, those that may go out now: what a warming cluster waits for goes at once. */
    List<String> due(TypeState assignments) {
        List<String> names = new ArrayList<>(assignments.due());
        if (assignments.isUnanswered()) {
            names.retainAll(owed);
        }
        return names;
    }
}
