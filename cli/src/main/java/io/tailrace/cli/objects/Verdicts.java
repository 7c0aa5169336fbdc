package io.tailrace.cli.objects;

import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.topic.Topic;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the translator says of the very versions that lie on the log. A status tells the revision that it speaks of; of a
 * version that was only written again it speaks as before, so the markers tell whether the translator has seen it.
 */
final class Verdicts {
    static final String PENDING = "pending";

    private final Map<String, ObjectStatus> statuses;
    private final Map<Integer, Long> passed;

    /**
     * @param statuses by the keys' texts
     * @param passed how far the translator has come, by partition of {@code config}; empty if that wasn't asked
     */
    Verdicts(Map<String, ObjectStatus> statuses, Map<Integer, Long> passed) {
        this.statuses = statuses;
        this.passed = passed;
    }

    /** Reads what is to be known of these entries, which must have been read before. */
    static Verdicts of(Log log, Collection<Log.Entry> entries) {
        Verdicts verdicts = new Verdicts(log.statuses(), Map.of());
        boolean allKnown =
                entries.stream().noneMatch(entry -> verdicts.text(entry).equals(PENDING));
        if (allKnown) {
            return verdicts;
        }
        Map<Integer, Long> passed = log.passed();
        return new Verdicts(log.statuses(), passed);
    }

    /** {@code accepted}, {@code problems} or {@code pending}; empty for endpoints, which have none. */
    String text(Log.Entry entry) {
        if (entry.topic() != Topic.CONFIG) {
            return "";
        }
        ObjectStatus status = statuses.get(Log.statusKey(entry.key()));
        return status == null || !speaksOf(status, entry) ? PENDING : Verdict.text(status);
    }

    /** Each as a line; none while the verdict is pending. */
    List<String> problems(Log.Entry entry) {
        ObjectStatus status = statuses.get(Log.statusKey(entry.key()));
        return status == null || !text(entry).equals(Verdict.PROBLEMS) ? List.of() : Verdict.problems(status);
    }

    /** As notes in a manifest. */
    Map<String, String> annotations(Log.Entry entry) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("tailrace.io/revision", entry.position());
        notes.put("tailrace.io/source", entry.source());
        note(notes, "tailrace.io/verdict", text(entry));
        note(notes, "tailrace.io/problems", String.join("; ", problems(entry)));
        return notes;
    }

    private static void note(Map<String, String> notes, String name, String value) {
        if (!value.isEmpty()) {
            notes.put(name, value);
        }
    }

    private boolean speaksOf(ObjectStatus status, Log.Entry entry) {
        if (status.getRevision() > entry.offset()) {
            // A newer record that can't be used, or a newer version, which came after the log was read.
            return status.getConditionsList().stream()
                    .anyMatch(condition -> condition.getType() == Condition.Type.Quarantined && condition.getStatus());
        }
        return status.getRevision() >= entry.since() || passed.getOrDefault(entry.partition(), -1L) >= entry.offset();
    }
}
