package io.tailrace.cli.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.translator.past.Effect;
import io.tailrace.translator.past.FieldChange;
import io.tailrace.translator.past.FieldDifference;
import io.tailrace.translator.past.LogEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of the history, and what it came to. */
record HistoryEntry(LogEvent event, String action, List<FieldChange> changes, List<Problem> problems) {
    static HistoryEntry of(LogEvent event, Effect effect) {
        return switch (effect) {
            case Effect.Created created ->
                new HistoryEntry(event, "created", changes(event.key(), created.object()), List.of());
            case Effect.Changed changed ->
                new HistoryEntry(
                        event, "changed", FieldDifference.between(changed.before(), changed.after()), List.of());
            case Effect.Deleted _ -> new HistoryEntry(event, "deleted", List.of(), List.of());
            case Effect.Nothing _ -> new HistoryEntry(event, "said again", List.of(), List.of());
            case Effect.Refused refused -> new HistoryEntry(event, "refused", List.of(), refused.problems());
        };
    }

    /** The event, and a line for each field or problem. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(EventText.line(event, action));
        changes.forEach(change -> lines.add("    " + change.text()));
        problems.forEach(problem -> lines.add("    " + problem.text()));
        return String.join("\n", lines);
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>(EventText.fields(event));
        fields.put("action", action);
        fields.put("changes", EventText.fields(changes));
        fields.put("problems", problems.stream().map(Problem::text).toList());
        return fields;
    }

    /** What the key says already is left out. */
    private static List<FieldChange> changes(@Nullable ObjectKey key, Message object) {
        Message empty = Kind.withMetadata(object.getDefaultInstanceForType(), Kind.metadata(object));
        return key == null ? List.of() : FieldDifference.between(empty, object);
    }
}
