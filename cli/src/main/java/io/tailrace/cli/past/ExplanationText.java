package io.tailrace.cli.past;

import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.past.Explanation;
import io.tailrace.translator.past.Explanation.Contribution;
import io.tailrace.translator.past.FieldChange;
import io.tailrace.translator.past.LogEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a resource is as it is, for people and programs. */
record ExplanationText(String group, Explanation explanation) {
    /** The resource, then an event a paragraph. */
    String text() {
        List<String> lines = new ArrayList<>();
        Resource resource = explanation.resource();
        String name = ResourceText.text(explanation.name());
        lines.add(
                resource == null
                        ? name + " isn't in group " + group + ", for want of none of these events:"
                        : name + " of group " + group + ", content " + Deterministic.hash16(resource.content())
                                + ", is what these events made it:");
        explanation.reasons().forEach(reason -> {
            lines.add(EventText.line(reason.event()));
            lines.addAll(lines(reason.contribution()));
        });
        if (!explanation.repeated().isEmpty()) {
            lines.add("and these, each of which a later event says again, so that neither alone would be missed:");
        }
        explanation.repeated().forEach(repeated -> {
            lines.add(EventText.line(repeated.first()) + ", again at "
                    + repeated.newest().position());
            lines.addAll(lines(repeated.contribution()));
        });
        return String.join("\n", lines);
    }

    Rows rows() {
        Rows rows = new Rows("position", "time", "kind", "namespace", "name");
        explanation.reasons().forEach(reason -> rows.add(row(reason.event(), reason.contribution())));
        explanation.repeated().forEach(repeated -> {
            Map<String, Object> row = row(repeated.first(), repeated.contribution());
            row.put("repeatedAt", repeated.newest().position());
            rows.add(row);
        });
        return rows;
    }

    private Map<String, Object> row(LogEvent event, Contribution contribution) {
        Map<String, Object> row = new LinkedHashMap<>(EventText.fields(event));
        row.put("group", group);
        row.put("resourceType", ResourceTypes.shortName(explanation.name().typeUrl()));
        row.put("resource", explanation.name().name());
        row.put("without", without(contribution));
        if (contribution instanceof Contribution.Fields fields) {
            row.put("fields", EventText.fields(fields.changes()));
        }
        return row;
    }

    private static List<String> lines(Contribution contribution) {
        return contribution instanceof Contribution.Fields fields
                ? fields.changes().stream()
                        .map(FieldChange::text)
                        .map(line -> "    " + line)
                        .toList()
                : List.of("    without it " + without(contribution));
    }

    private static String without(Contribution contribution) {
        return switch (contribution) {
            case Contribution.Presence _ -> "the group wouldn't have it";
            case Contribution.Absence _ -> "the group would have it";
            case Contribution.Fields _ -> "it would be another";
        };
    }
}
