package io.tailrace.translator.core;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Group;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.v1.NodeSelector;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.translator.core.status.Conditions;
import io.tailrace.translator.core.status.Reason;
import io.tailrace.translator.core.status.Statuses;
import java.util.List;
import java.util.Optional;

/** Which nodes a group selects. A group is known by its name alone; it exists once a ProxyGroup or another object names it. */
public final class Groups {
    private Groups() {}

    /** Of the ProxyGroups of the mesh that have the name, in any order; with none, a group of the nodes that say it. */
    public static Group group(String name, List<Placed<ProxyGroup>> named) {
        NodeSelector selector = first(named)
                .map(group -> group.value().getSpec().getSelector())
                .orElseGet(() -> NodeSelector.newBuilder().setNodeCluster(name).build());
        return Group.newBuilder().setSelector(selector).build();
    }

    /** The status of one of them. */
    public static ObjectStatus status(Placed<ProxyGroup> group, List<Placed<ProxyGroup>> named) {
        Placed<ProxyGroup> first = first(named).orElse(group);
        if (first.key().equals(group.key())) {
            return Statuses.accepted(group.revision());
        }
        List<Problem> problems = List.of(Statuses.problem(
                group,
                "metadata.name",
                "\"" + group.key().name() + "\"",
                "a name of its own in the mesh: " + first.title() + " has it"));
        return Statuses.of(
                group.revision(),
                List.of(
                        Conditions.notAccepted(Reason.NameConflict, problems),
                        Conditions.conflicted(Reason.NameConflict, problems)));
    }

    private static Optional<Placed<ProxyGroup>> first(List<Placed<ProxyGroup>> named) {
        return named.stream().min(Placed.PRECEDENCE);
    }
}
