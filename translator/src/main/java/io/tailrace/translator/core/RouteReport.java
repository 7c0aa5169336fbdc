package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.ParentStatus;
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.translator.core.listeners.Attachment;
import io.tailrace.translator.core.listeners.GatewayListener;
import io.tailrace.translator.core.status.Conditions;
import io.tailrace.translator.core.status.Reason;
import io.tailrace.translator.core.status.Statuses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Collects what one group's translation finds out about a route, and says it by parent. */
final class RouteReport {
    private final Placed<?> route;
    private final List<ParentReference> parents;
    private final List<Attachment> attachments;
    private final List<Problem> unresolved;
    private final Map<GatewayListener, Set<Problem>> matchConflicts = new LinkedHashMap<>();
    private final Map<GatewayListener, Problem> lost = new LinkedHashMap<>();

    RouteReport(
            Placed<?> route, List<ParentReference> parents, List<Attachment> attachments, List<Problem> unresolved) {
        this.route = route;
        this.parents = parents;
        this.attachments = attachments;
        this.unresolved = unresolved;
    }

    ConfigKey key() {
        return route.key();
    }

    /** The listeners that it is attached to, each once, however many parentRefs name it. */
    List<GatewayListener> listeners() {
        return attachments.stream().flatMap(RouteReport::listeners).distinct().toList();
    }

    void matchConflict(GatewayListener listener, Problem problem) {
        matchConflicts.computeIfAbsent(listener, any -> new LinkedHashSet<>()).add(problem);
    }

    void lost(GatewayListener listener, Problem problem) {
        lost.put(listener, problem);
    }

    ObjectStatus status() {
        ObjectStatus.Builder status = ObjectStatus.newBuilder().setRevision(route.revision());
        for (int i = 0; i < parents.size(); i++) {
            status.addParents(ParentStatus.newBuilder()
                    .setParent(Statuses.parentText(route, parents.get(i)))
                    .addAllConditions(conditions(attachments.get(i))));
        }
        return status.build();
    }

    private List<Condition> conditions(Attachment attachment) {
        return switch (attachment) {
            case Attachment.Elsewhere elsewhere -> List.of();
            case Attachment.Refused refused -> refused(refused);
            case Attachment.Attached attached -> attached(attached.listeners());
        };
    }

    private List<Condition> refused(Attachment.Refused refused) {
        List<Problem> problems = List.of(refused.problem());
        List<Condition> conditions = new ArrayList<>();
        conditions.add(Conditions.notAccepted(refused.reason(), problems));
        conditions.add(Conditions.resolved(unresolved));
        if (refused.reason() == Reason.ListenerConflict) {
            conditions.add(Conditions.conflicted(refused.reason(), problems));
        }
        return conditions;
    }

    private List<Condition> attached(List<GatewayListener> listeners) {
        List<Problem> lostHere =
                listeners.stream().map(lost::get).filter(Objects::nonNull).toList();
        List<Problem> matches = listeners.stream()
                .flatMap(listener -> matchConflicts.getOrDefault(listener, Set.of()).stream())
                .distinct()
                .toList();
        List<Condition> conditions = new ArrayList<>();
        conditions.add(
                lostHere.size() == listeners.size()
                        ? Conditions.notAccepted(Reason.RouteConflict, lostHere)
                        : Conditions.accepted());
        conditions.add(Conditions.resolved(unresolved));
        if (!lostHere.isEmpty()) {
            conditions.add(Conditions.conflicted(Reason.RouteConflict, lostHere));
        } else if (!matches.isEmpty()) {
            conditions.add(Conditions.conflicted(Reason.MatchConflict, matches));
        }
        return conditions;
    }

    private static Stream<GatewayListener> listeners(Attachment attachment) {
        return attachment instanceof Attachment.Attached attached ? attached.listeners().stream() : Stream.empty();
    }
}
