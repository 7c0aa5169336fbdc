package io.tailrace.translator.config;

import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.ChangeBuilder;
import io.tailrace.translator.lane.State;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Status records: what the translation says of an object, and that its newest version can't be used where that is so. */
final class StatusOutput {
    private static final String INVALID = "Invalid";
    private static final String UNTRANSLATABLE = "TranslationFailed";

    private StatusOutput() {}

    /**
     * @param said of the value in force; null: there is none
     */
    static void write(
            State state, ObjectEntry entry, @Nullable ObjectStatus said, List<Problem> failures, ChangeBuilder change) {
        ConfigKey key = entry.key();
        byte[] value = said == null && entry.rejected() == null
                ? null
                : Deterministic.serializeToArray(status(entry, said, failures));
        if (!Arrays.equals(value, state.standing(Topic.STATUS, RecordKeys.status(key)))) {
            change.write(key.mesh(), Topic.STATUS, RecordKeys.status(key), value);
        }
    }

    private static ObjectStatus status(ObjectEntry entry, @Nullable ObjectStatus said, List<Problem> failures) {
        ObjectStatus status = said == null ? ObjectStatus.getDefaultInstance() : said;
        if (!failures.isEmpty()) {
            status = with(status, condition(Condition.Type.Quarantined, true, UNTRANSLATABLE, failures));
        }
        ObjectEntry.Rejected rejected = entry.rejected();
        if (rejected == null) {
            return status;
        }
        List<Problem> problems = rejected.problems();
        status = with(status, condition(Condition.Type.Accepted, false, INVALID, problems));
        if (said != null) {
            status = with(status, condition(Condition.Type.Quarantined, true, INVALID, problems));
        }
        return status.toBuilder().setRevision(rejected.position().getOffset()).build();
    }

    /** In the place of the one of its type. */
    private static ObjectStatus with(ObjectStatus status, Condition condition) {
        Map<Condition.Type, Condition> byType = new TreeMap<>();
        status.getConditionsList().forEach(each -> byType.put(each.getType(), each));
        byType.put(condition.getType(), condition);
        return status.toBuilder()
                .clearConditions()
                .addAllConditions(byType.values())
                .build();
    }

    private static Condition condition(Condition.Type type, boolean status, String reason, List<Problem> problems) {
        Condition.Builder condition =
                Condition.newBuilder().setType(type).setStatus(status).setReason(reason);
        problems.forEach(problem -> condition.addProblems(problem.toProto()));
        return condition.build();
    }
}
