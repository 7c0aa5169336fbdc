package io.tailrace.cli.past;

import io.tailrace.cli.output.Rows;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.past.Difference;
import io.tailrace.translator.past.FieldChange;
import io.tailrace.translator.past.LogEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What a group had otherwise, for people and programs. */
record DifferenceText(List<Difference.Changed> changed) {
    /** A resource a paragraph: what became of it, its fields, and the events that did it. */
    String text() {
        if (changed.isEmpty()) {
            return "no difference";
        }
        return String.join("\n", changed.stream().flatMap(DifferenceText::lines).toList());
    }

    Rows rows() {
        Rows rows = new Rows("change", "type", "name");
        for (Difference.Changed each : changed) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("change", change(each));
            row.put("type", ResourceTypes.shortName(each.name().typeUrl()));
            row.put("name", each.name().name());
            row.put("fields", EventText.fields(each.fields()));
            row.put("events", each.events().stream().map(EventText::fields).toList());
            rows.add(row);
        }
        return rows;
    }

    private static Stream<String> lines(Difference.Changed each) {
        String head = ResourceText.text(each.name()) + ": " + change(each);
        Stream<String> fields = each.fields().stream().map(FieldChange::text);
        Stream<String> events = each.events().stream().map(EventText::line);
        return Stream.of(Stream.of(head), fields.map(line -> "    " + line), events.map(line -> "  by " + line))
                .flatMap(lines -> lines);
    }

    static String change(Difference.Changed each) {
        if (each.before() == null) {
            return "added";
        }
        return each.after() == null ? "removed" : "changed";
    }

    /** Without the events: the paragraph of a difference that no event has made yet. */
    static List<String> withoutEvents(List<Difference.Changed> changed) {
        return changed.stream()
                .map(each -> new Difference.Changed(
                        each.name(), each.before(), each.after(), each.fields(), List.<LogEvent>of()))
                .flatMap(DifferenceText::lines)
                .toList();
    }
}
