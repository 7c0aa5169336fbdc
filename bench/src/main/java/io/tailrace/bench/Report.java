package io.tailrace.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a run has found, for people (tables, verdicts, a plot) and for programs (every cell and figure of every round). */
record Report(
        Instant ended,
        Machine machine,
        int streamsPerConnection,
        List<CellResult> results,
        List<TrialResult> trials,
        List<String> failures) {
    Report {
        ended = ended.truncatedTo(ChronoUnit.SECONDS);
        results = List.copyOf(results);
        trials = List.copyOf(trials);
        failures = List.copyOf(failures);
    }

    String text() {
        List<Summary> summaries = Summary.of(results);
        List<FigureSummary> figures = FigureSummary.of(trials);
        StringBuilder text = new StringBuilder();
        text.append(ended).append(", ").append(machine.text()).append(", ");
        text.append(streamsPerConnection).append(" streams a connection\n\n");
        if (!summaries.isEmpty()) {
            text.append(Table.of(summaries)).append('\n');
        }
        if (!figures.isEmpty()) {
            text.append(Table.ofFigures(figures)).append('\n');
        }
        Targets.verdicts(summaries, figures)
                .forEach(verdict -> text.append(verdict).append('\n'));
        failures.forEach(
                failure -> text.append("does not count: ").append(failure).append('\n'));
        return text.toString();
    }

    void writeTo(Path folder) throws IOException {
        Files.writeString(folder.resolve("bench.md"), text());
        Files.writeString(folder.resolve("bench.svg"), Plot.of(Summary.of(results)));
        Files.writeString(folder.resolve("bench.json"), json());
    }

    private String json() {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .registerTypeAdapter(Instant.class, (com.google.gson.JsonSerializer<Instant>)
                                (instant, _, context) -> context.serialize(instant.toString()))
                        .create()
                        .toJson(this)
                + "\n";
    }
}
