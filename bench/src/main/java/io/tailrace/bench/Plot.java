package io.tailrace.bench;

import io.tailrace.bench.server.ServerKind;
import java.util.List;
import java.util.Locale;

/** CPU a push as bars, a block for each scenario, drawn to the longest of its block. */
final class Plot {
    private static final int WIDTH = 900;
    private static final int BARS = 330;
    private static final int LONGEST = 440;
    private static final int LINE = 22;

    private final StringBuilder svg = new StringBuilder();
    private int y = 30;

    private Plot() {}

    static String of(List<Summary> summaries) {
        Plot plot = new Plot();
        plot.text(10, "bold", "CPU of the server for a push, in microseconds (less is better)");
        summaries.stream().map(summary -> summary.cell().scenario()).distinct().forEach(scenario -> {
            plot.block(
                    scenario,
                    summaries.stream()
                            .filter(summary -> summary.cell().scenario() == scenario)
                            .toList());
        });
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
                <rect width="100%%" height="100%%" fill="white"/>
                %s</svg>
                """.formatted(WIDTH, plot.y, plot.svg);
    }

    private void block(Scenario scenario, List<Summary> summaries) {
        y += LINE / 2;
        text(10, "bold", scenario.id() + ": " + scenario.description());
        double most = summaries.stream().mapToDouble(Summary::cpuMicros).max().orElse(1);
        for (Summary summary : summaries) {
            Cell cell = summary.cell();
            bar(
                    String.format(
                            Locale.ROOT,
                            "%s, %,d x %,d",
                            cell.server().title(),
                            cell.workload().streams(),
                            cell.workload().names()),
                    summary.cpuMicros(),
                    most,
                    cell.server() == ServerKind.GATEWAY ? "#2a7f62" : "#9aa5b1");
        }
    }

    private void bar(String label, double value, double most, String colour) {
        int length = (int) Math.max(1, Math.round(LONGEST * value / most));
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"14\" fill=\"%s\"/>%n<text x=\"%d\" y=\"%d\">%.1f</text>%n",
                BARS,
                y - 12,
                length,
                colour,
                BARS + length + 6,
                y,
                value));
        text(24, "normal", label);
    }

    private void text(int x, String weight, String text) {
        svg.append("<text x=\"%d\" y=\"%d\" font-weight=\"%s\">%s</text>%n".formatted(x, y, weight, text));
        y += LINE;
    }
}
