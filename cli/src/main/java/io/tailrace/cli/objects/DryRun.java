package io.tailrace.cli.objects;

import com.google.protobuf.Message;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.topic.Topic;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What publishing objects would come to: translated here, beside what lies on the log. Nothing is published. */
record DryRun(Log log, OutputOptions output, PrintWriter out, PrintWriter err) {
    /** Returns the exit code. */
    int run(Map<ObjectKey, Message> objects) {
        Map<ObjectKey, Message> before = new HashMap<>();
        log.entries(List.of(Topic.CONFIG, Topic.ENDPOINTS)).forEach((key, entry) -> before.put(key, entry.object()));
        Map<ObjectKey, Message> after = new HashMap<>(before);
        after.putAll(objects);

        GroupChanges changes = new GroupChanges();
        Map<ObjectKey, ObjectStatus> statuses = new HashMap<>();
        SortedSet<String> problems = new TreeSet<>();
        SortedSet<String> meshes = new TreeSet<>();
        objects.keySet().forEach(key -> meshes.add(key.mesh()));
        for (String mesh : meshes) {
            OfflineTranslation then = new OfflineTranslation(mesh, before);
            OfflineTranslation now = new OfflineTranslation(mesh, after);
            changes.add(mesh, then, now);
            statuses.putAll(now.statuses());
            problems.addAll(newProblems(then.statuses(), now.statuses(), objects));
        }
        Map<String, Rows> answer = new LinkedHashMap<>();
        answer.put("objects", rows(objects, before, statuses));
        answer.put("groups", changes.rows());
        out.println(output.render(answer));
        problems.forEach(err::println);
        err.println("nothing is published: --dry-run");
        return problems.isEmpty() ? ExitCode.OK : ExitCode.INVALID;
    }

    /** All of the given objects, and those of others that they did not have before. */
    private static SortedSet<String> newProblems(
            SortedMap<ConfigKey, ObjectStatus> before,
            SortedMap<ConfigKey, ObjectStatus> after,
            Map<ObjectKey, Message> objects) {
        SortedSet<String> problems = new TreeSet<>();
        after.forEach((key, status) -> {
            List<String> found = Verdict.problems(status);
            problems.addAll(found);
            if (!objects.containsKey(key)) {
                problems.removeAll(Verdict.problems(before.getOrDefault(key, ObjectStatus.getDefaultInstance())));
            }
        });
        return problems;
    }

    private static Rows rows(
            Map<ObjectKey, Message> objects, Map<ObjectKey, Message> before, Map<ObjectKey, ObjectStatus> statuses) {
        Rows rows = new Rows("kind", "namespace", "name", "change", "verdict");
        new TreeMap<>(objects).forEach((key, object) -> {
            ObjectStatus status = statuses.get(key);
            Message old = before.get(key);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("mesh", key.mesh());
            row.put("kind", key.kind().id());
            row.put("namespace", key.namespace());
            row.put("name", key.name());
            row.put("change", old == null ? "added" : old.equals(object) ? "none" : "changed");
            row.put("verdict", status == null ? "valid" : Verdict.text(status));
            row.put("problems", status == null ? List.of() : Verdict.problems(status));
            rows.add(row);
        });
        return rows;
    }
}
