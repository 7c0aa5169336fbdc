package io.tailrace.cli.objects;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.ParentStatus;
import java.util.ArrayList;
import java.util.List;

/** What a status says to a person. */
final class Verdict {
    static final String ACCEPTED = "accepted";
    static final String PROBLEMS = "problems";

    private Verdict() {}

    /** Each distinct problem as a line; none: the object is accepted, and all that it refers to exists. */
    static List<String> problems(ObjectStatus status) {
        List<Condition> conditions = new ArrayList<>(status.getConditionsList());
        for (ParentStatus parent : status.getParentsList()) {
            conditions.addAll(parent.getConditionsList());
        }
        return conditions.stream()
                .flatMap(condition -> lines(condition).stream())
                .distinct()
                .toList();
    }

    /** Of an object whose newest version is in force. */
    static String text(ObjectStatus status) {
        return problems(status).isEmpty() ? ACCEPTED : PROBLEMS;
    }

    /** A condition that tells of something wrong without a problem is told by its reason. */
    private static List<String> lines(Condition condition) {
        boolean goodWhenTrue = switch (condition.getType()) {
            case Accepted, ResolvedRefs -> true;
            case Conflicted, Quarantined, TYPE_UNSPECIFIED, UNRECOGNIZED -> false;
        };
        if (condition.getStatus() == goodWhenTrue) {
            return List.of();
        }
        return condition.getProblemsCount() == 0
                ? List.of(condition.getType() + ": " + condition.getReason())
                : condition.getProblemsList().stream()
                        .map(problem -> Problem.fromProto(problem).text())
                        .toList();
    }
}
