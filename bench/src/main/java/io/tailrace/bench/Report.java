package io.tailrace.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a run has found, for people (a table, verdicts, a plot) and for programs (every cell of every round). */
record Report(
        Instant ended, Machine machine, int streamsPerConnection, List<CellResult> results, List<String> failures) {
    Report {
        ended = ended.truncatedTo(ChronoUnit.SECONDS);
        results = List.copyOf(results);
        failures = List.copyOf(failures);
    }

    String text() {
        List<Summary> summaries = Summary.of(results);
        StringBuilder text = new StringBuilder();
        text.append(ended).append(", ").append(machine.text()).append(", ");
        text.append(streamsPerConnection).append(" streams a connection\n\n");
        text.append(Table.of(summaries)).append('\n');
        Targets.verdicts(summaries).forEach(verdict -> text.append(verdict).append('\n'));
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
