package io.tailrace.translator.core.status;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.ParentStatus;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.schemas.v1.TCPRoute;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.References;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes one status of what several groups say of an object: what is wrong in one of them is wrong. A parent that no group
 * speaks for doesn't exist.
 */
public final class Statuses {
    private Statuses() {}

    public static ObjectStatus accepted(long revision) {
        return of(revision, List.of(Conditions.accepted()));
    }

    public static ObjectStatus of(long revision, List<Condition> conditions) {
        return ObjectStatus.newBuilder()
                .setRevision(revision)
                .addAllConditions(merge(conditions))
                .build();
    }

    /** The status of an object, of the words of all groups, in the order of the groups' names. */
    public static ObjectStatus of(Placed<?> object, Collection<ObjectStatus> byGroup) {
        List<ParentReference> parents = parents(object);
        if (parents.isEmpty()) {
            List<Condition> said = byGroup.stream()
                    .flatMap(status -> status.getConditionsList().stream())
                    .toList();
            return of(object.revision(), said.isEmpty() ? List.of(Conditions.accepted()) : said);
        }
        ObjectStatus.Builder status = ObjectStatus.newBuilder().setRevision(object.revision());
        for (int i = 0; i < parents.size(); i++) {
            status.addParents(parent(object, i, parents.get(i), byGroup));
        }
        return status.build();
    }

    /** The parentRef as written: "namespace/name", and "/sectionName" and ":port" where set. */
    public static String parentText(Placed<?> route, ParentReference parent) {
        String namespace = References.gateway(route.key(), parent).namespace();
        return namespace + "/" + parent.getName()
                + (parent.getSectionName().isEmpty() ? "" : "/" + parent.getSectionName())
                + (parent.hasPort() ? ":" + parent.getPort() : "");
    }

    /** A problem of this object. */
    public static Problem problem(Placed<?> object, String field, String found, String expected) {
        return Problem.of(field, found, expected)
                .in(
                        object.key().kind().id(),
                        object.key().namespace(),
                        object.key().name());
    }

    private static ParentStatus parent(
            Placed<?> route, int index, ParentReference parent, Collection<ObjectStatus> byGroup) {
        List<Condition> said = byGroup.stream()
                .filter(status -> index < status.getParentsCount())
                .flatMap(status -> status.getParents(index).getConditionsList().stream())
                .toList();
        List<Condition> conditions = said.isEmpty() ? List.of(noGateway(route, index, parent)) : said;
        return ParentStatus.newBuilder()
                .setParent(parentText(route, parent))
                .addAllConditions(merge(conditions))
                .build();
    }

    private static Condition noGateway(Placed<?> route, int index, ParentReference parent) {
        String name = References.gateway(route.key(), parent).namespace() + "/" + parent.getName();
        return Conditions.notAccepted(
                Reason.NoMatchingParent,
                List.of(problem(
                        route, "spec.parentRefs[" + index + "].name", "\"" + name + "\"", "a Gateway that exists")));
    }

    private static List<ParentReference> parents(Placed<?> object) {
        return switch (object.value()) {
            case HTTPRoute route -> route.getSpec().getParentRefsList();
            case TCPRoute route -> route.getSpec().getParentRefsList();
            default -> List.of();
        };
    }

    private static List<Condition> merge(List<Condition> conditions) {
        SortedMap<Condition.Type, List<Condition>> byType = new TreeMap<>();
        conditions.forEach(condition -> byType.computeIfAbsent(condition.getType(), type -> new ArrayList<>())
                .add(condition));
        return byType.values().stream().map(Statuses::worst).toList();
    }

    private static Condition worst(List<Condition> same) {
        Condition worst = same.stream()
                .filter(Statuses::isBad)
                .findFirst()
                .or(() -> same.stream()
                        .filter(condition -> condition.getProblemsCount() > 0)
                        .findFirst())
                .orElse(same.getFirst());
        Stream<Problem> problems = same.stream()
                .flatMap(condition -> condition.getProblemsList().stream())
                .map(Problem::fromProto)
                .distinct();
        Condition.Builder merged = worst.toBuilder().clearProblems();
        problems.forEach(problem -> merged.addProblems(problem.toProto()));
        return merged.build();
    }

    private static boolean isBad(Condition condition) {
        return switch (condition.getType()) {
            case Conflicted, Quarantined -> condition.getStatus();
            case Accepted, ResolvedRefs -> !condition.getStatus();
            case TYPE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }
}
