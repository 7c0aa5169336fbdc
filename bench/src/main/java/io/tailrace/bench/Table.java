package io.tailrace.bench;

import io.tailrace.bench.figure.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Summaries in Markdown, which a terminal shows as well as a README. */
final class Table {
    private static final List<String> HEAD = List.of(
            "scenario",
            "server",
            "streams",
            "names",
            "of them asked for",
            "CPU us/push",
            "of raw Netty",
            "all acked p50 ms",
            "p99 ms",
            "allocated B/push",
            "heap MB",
            "RSS MB");

    private static final List<String> FIGURES_HEAD = List.of("scenario", "figure", "found", "wanted");

    /** Words begin at the left, numbers end at the right. */
    private static final int WORDS = 2;

    private Table() {}

    static String of(List<Summary> summaries) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        summaries.forEach(summary -> rows.add(row(summary, summaries)));
        return aligned(rows);
    }

    static String ofFigures(List<FigureSummary> figures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(FIGURES_HEAD);
        figures.forEach(figure -> rows.add(List.of(
                figure.scenario().id(),
                figure.what(),
                Figure.number(figure.value()),
                figure.wanted() == null ? "" : figure.wanted().text())));
        return aligned(rows);
    }

    private static List<String> row(Summary summary, List<Summary> all) {
        Cell cell = summary.cell();
        return List.of(
                cell.scenario().id(),
                cell.server().title(),
                number("%,d", cell.workload().streams()),
                number("%,d", cell.workload().names()),
                number("%,d", cell.workload().asking().names()),
                number("%.1f", summary.cpuMicros()),
                Targets.floorOf(summary, all).stream()
                        .mapToObj(floor -> number("%.2f x", summary.cpuMicros() / floor))
                        .findFirst()
                        .orElse(""),
                number("%.1f", summary.ackedMillis(0.5)),
                number("%.1f", summary.ackedMillis(0.99)),
                number("%,.0f", summary.allocatedBytes()),
                number("%.0f", summary.heapBytes() / 1e6),
                number("%.0f", summary.rssBytes() / 1e6));
    }

    private static String number(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }

    private static String aligned(List<List<String>> rows) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            line(text, rows.get(i), widths, ' ');
            if (i == 0) {
                line(text, rows.getFirst().stream().map(_ -> "-").toList(), widths, '-');
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> row, int[] widths, char fill) {
        for (int i = 0; i < row.size(); i++) {
            String pad = String.valueOf(fill).repeat(widths[i] - row.get(i).length());
            text.append("| ")
                    .append(i < WORDS ? row.get(i) + pad : pad + row.get(i))
                    .append(' ');
        }
        text.append("|\n");
    }
}
