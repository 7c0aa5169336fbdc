package io.tailrace.cli.past;

import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.past.FieldChange;
import io.tailrace.translator.past.LogEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** An event as people and programs read it: where it lies, when it came, who wrote it, and what it is about. */
final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private EventText() {}

    /** One line: position, time, author, source, object and what became of it. */
    static String line(LogEvent event, String action) {
        EventMeta meta = event.meta();
        String text = String.format(
                "%-7s %s  %-8s %-8s %s",
                event.position(),
                TIME.format(event.time()),
                meta.author().isEmpty() ? "-" : meta.author(),
                meta.source().isEmpty() ? "-" : meta.source(),
                title(event));
        return text
                + (action.isEmpty() ? "" : " " + action)
                + (meta.reason().isEmpty() ? "" : " (" + meta.reason() + ")");
    }

    /** One line, where only the event is known. */
    static String line(LogEvent event) {
        return line(event, isDeletion(event) ? "deleted" : "");
    }

    static String title(LogEvent event) {
        ObjectKey key = event.key();
        return key == null ? "a record" : title(key);
    }

    static String title(ObjectKey key) {
        return key.kind().id() + " " + key.namespace() + "/" + key.name();
    }

    /** Fields for JSON and YAML. */
    static Map<String, Object> fields(LogEvent event) {
        EventMeta meta = event.meta();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("position", event.position());
        fields.put("time", TIME.format(event.time()));
        if (!meta.time().equals(Instant.EPOCH)) {
            fields.put("eventTime", TIME.format(meta.time()));
        }
        fields.put("author", meta.author());
        fields.put("source", meta.source());
        fields.put("reason", meta.reason());
        ObjectKey key = event.key();
        if (key != null) {
            fields.putAll(fields(key));
        }
        fields.put("deletion", isDeletion(event));
        return fields;
    }

    static Map<String, Object> fields(ObjectKey key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("mesh", key.mesh());
        fields.put("kind", key.kind().id());
        fields.put("namespace", key.namespace());
        fields.put("name", key.name());
        return fields;
    }

    /** Fields for JSON and YAML, of each. */
    static List<Map<String, Object>> fields(List<FieldChange> changes) {
        return changes.stream()
                .map(change -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("field", change.path());
                    fields.put("before", Objects.requireNonNullElse(change.before(), ""));
                    fields.put("after", Objects.requireNonNullElse(change.after(), ""));
                    return fields;
                })
                .toList();
    }

    private static boolean isDeletion(LogEvent event) {
        return event.arrival() instanceof Arrival.Event arrival && arrival.object() == null;
    }
}
