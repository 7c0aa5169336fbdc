package io.tailrace.cli.past;

import com.google.protobuf.Message;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.cli.output.Rows;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.past.Difference;
import io.tailrace.translator.past.FieldChange;
import io.tailrace.translator.past.FieldDifference;
import io.tailrace.translator.past.LogState;
import io.tailrace.translator.past.Past;
import io.tailrace.translator.past.Rollback;
import io.tailrace.translator.past.Rollback.Compensation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** What a rollback would do: to the objects, and to what each group gets. */
record RollbackText(List<Compensation> compensations, SortedMap<String, List<Difference.Changed>> groups) {
    static RollbackText of(LogState now, Rollback rollback, ProgressLine progress) {
        LogState outcome = rollback.outcome();
        SortedSet<String> names = new Past(now).groups();
        names.addAll(new Past(outcome).groups());
        SortedMap<String, List<Difference.Changed>> groups = new TreeMap<>();
        for (String name : names) {
            List<Difference.Changed> changed =
                    Difference.between(now, outcome, name, done -> progress.report("comparing group " + name, done));
            if (!changed.isEmpty()) {
                groups.put(name, changed);
            }
        }
        return new RollbackText(rollback.compensations(), groups);
    }

    String text() {
        List<String> lines = new ArrayList<>();
        for (Compensation each : compensations) {
            lines.add(EventText.title(each.key()) + " would be " + change(each));
            fields(each).forEach(field -> lines.add("    " + field.text()));
        }
        if (groups.isEmpty()) {
            lines.add("no group would get anything else");
        }
        groups.forEach((group, changed) -> {
            lines.add("group " + group + ":");
            DifferenceText.withoutEvents(changed).forEach(line -> lines.add("  " + line));
        });
        return String.join("\n", lines);
    }

    Rows rows() {
        Rows rows = new Rows();
        for (Compensation each : compensations) {
            Map<String, Object> row = new LinkedHashMap<>(EventText.fields(each.key()));
            row.put("change", change(each));
            row.put("fields", EventText.fields(fields(each)));
            rows.add(row);
        }
        groups.forEach((group, changed) -> changed.forEach(each -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("group", group);
            row.put("change", DifferenceText.change(each));
            row.put("type", ResourceTypes.shortName(each.name().typeUrl()));
            row.put("resource", each.name().name());
            row.put("fields", EventText.fields(each.fields()));
            rows.add(row);
        }));
        return rows;
    }

    private static String change(Compensation each) {
        if (each.value() == null) {
            return "deleted";
        }
        return each.newest().value() == null ? "created" : "changed";
    }

    private static List<FieldChange> fields(Compensation each) {
        Message now = each.newest().value();
        return now == null || each.value() == null ? List.of() : FieldDifference.between(now, each.value());
    }
}
