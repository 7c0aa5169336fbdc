package io.tailrace.cli.fleet;

import io.tailrace.cli.fleet.Waiting.Behind;
import io.tailrace.cli.fleet.Waiting.Standing;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.Count;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.log.v1.Rejection;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** How a wait for acks ended, for people, programs and scripts. */
public final class AckReport {
    private final List<String> texts;
    private final List<Standing> standings;

    AckReport(List<String> texts, List<Standing> standings) {
        this.texts = List.copyOf(texts);
        this.standings = List.copyOf(standings);
    }

    /** All have acked; some reject it; or some have not acked in time. */
    public int exitCode() {
        if (standings.stream().allMatch(Standing::isDone)) {
            return ExitCode.OK;
        }
        return standings.stream().anyMatch(Standing::isRejected) ? ExitCode.REJECTED : ExitCode.NOT_ACKED;
    }

    /**
     * The answer to {@code out}; who has not acked, and who left, is a line each in {@code err} for people.
     *
     * @param before what else belongs to the answer for programs
     */
    public void print(Map<String, Rows> before, OutputOptions output, PrintWriter out, PrintWriter err) {
        if (output.format() != OutputOptions.Format.TABLE) {
            Map<String, Rows> parts = new LinkedHashMap<>(before);
            parts.putAll(parts());
            out.println(output.render(parts));
            return;
        }
        for (int i = 0; i < standings.size(); i++) {
            Standing standing = standings.get(i);
            out.println(
                    texts.get(i) + ": acked by " + Count.text(standing.acked().size(), "Envoy"));
        }
        lines().forEach(err::println);
    }

    private List<String> lines() {
        SortedSet<String> lines = new TreeSet<>();
        for (Standing standing : standings) {
            for (Behind behind : standing.behind()) {
                lines.add("not acked: " + behind.text());
                behind.rejections().forEach(rejection -> lines.addAll(Rejections.lines(behind.node(), rejection)));
            }
            standing.left().forEach(node -> lines.add("left without an ack: " + node));
        }
        return List.copyOf(lines);
    }

    private Map<String, Rows> parts() {
        Rows acked = new Rows();
        Rows behind = new Rows();
        Rows left = new Rows();
        for (int i = 0; i < standings.size(); i++) {
            String of = texts.get(i);
            Standing standing = standings.get(i);
            standing.acked().forEach(node -> acked.add(Map.of("node", node, "of", of)));
            standing.left().forEach(node -> left.add(Map.of("node", node, "of", of)));
            standing.behind().forEach(each -> behind.add(row(each, of)));
        }
        Map<String, Rows> parts = new LinkedHashMap<>();
        parts.put("acked", acked);
        parts.put("behind", behind);
        parts.put("left", left);
        return parts;
    }

    private static Map<String, Object> row(Behind behind, String of) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", behind.node());
        row.put("gateway", behind.gateway());
        row.put("reason", behind.reason());
        row.put("of", of);
        List<Object> rejections = new ArrayList<>();
        for (Rejection rejection : behind.rejections()) {
            rejections.add(Rejections.tree(rejection));
        }
        row.put("rejections", rejections);
        return row;
    }
}
