package io.tailrace.translator.core.status;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import java.util.Collection;
import java.util.List;

/**
 * Conditions as status records have them, with Gateway API's reasons where it has one. Accepted and ResolvedRefs are
 * said whether true or false; Conflicted only where there is a conflict.
 */
public final class Conditions {
    private Conditions() {}

    public static Condition accepted() {
        return condition(Condition.Type.Accepted, true, "Accepted", List.of());
    }

    public static Condition notAccepted(Reason reason, Collection<Problem> problems) {
        return condition(Condition.Type.Accepted, false, reason.name(), problems);
    }

    /** In force in part: what isn't, is named. */
    public static Condition acceptedInPart(Reason reason, Collection<Problem> problems) {
        return condition(Condition.Type.Accepted, true, reason.name(), problems);
    }

    public static Condition resolved(Collection<Problem> backendsNotFound) {
        return backendsNotFound.isEmpty()
                ? condition(Condition.Type.ResolvedRefs, true, "ResolvedRefs", List.of())
                : condition(Condition.Type.ResolvedRefs, false, Reason.BackendNotFound.name(), backendsNotFound);
    }

    public static Condition conflicted(Reason reason, Collection<Problem> problems) {
        return condition(Condition.Type.Conflicted, true, reason.name(), problems);
    }

    private static Condition condition(
            Condition.Type type, boolean status, String reason, Collection<Problem> problems) {
        Condition.Builder condition =
                Condition.newBuilder().setType(type).setStatus(status).setReason(reason);
        problems.forEach(problem -> condition.addProblems(problem.toProto()));
        return condition.build();
    }
}
