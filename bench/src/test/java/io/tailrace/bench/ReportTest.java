package io.tailrace.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.server.Measurement;
import io.tailrace.bench.server.ServerKind;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Workload WORKLOAD = workload(10, 1);

    private static Workload workload(int streams, int names) {
        return new Workload(Variant.DELTA, streams, 1, new Content(names, 1, 10_000), new Asking(names, false));
    }

    private static CellResult result(ServerKind server, int round, long cpuMicros) {
        long pushes = 100;
        return new CellResult(
                new Cell(Scenario.A1, server, WORKLOAD),
                round,
                new Measurement(
                        pushes,
                        cpuMicros * 1_000 * pushes,
                        500 * pushes,
                        List.of(1_000_000L, 2_000_000L, 9_000_000L),
                        3_000_000,
                        4_000_000));
    }

    private static Report report(List<String> failures, CellResult... results) {
        return report(failures, List.of(), results);
    }

    private static Report report(List<String> failures, List<TrialResult> trials, CellResult... results) {
        return new Report(
                Instant.parse("2026-01-31T12:00:00Z"),
                new Machine("a processor", 2, "25", "0.10"),
                100,
                List.of(results),
                trials,
                failures);
    }

    @Test
    void aCellIsTheMedianOfItsRoundsAndComparedWithTheFloor() {
        String text = report(
                        List.of(),
                        result(ServerKind.FLOOR, 1, 10),
                        result(ServerKind.GATEWAY, 1, 90),
                        result(ServerKind.FLOOR, 2, 10),
                        result(ServerKind.GATEWAY, 2, 20),
                        result(ServerKind.FLOOR, 3, 10),
                        result(ServerKind.GATEWAY, 3, 21))
                .text();

        assertThat(text).startsWith("2026-01-31T12:00:00Z, a processor, 2 cores, JDK 25, load 0.10 at the start,");
        assertThat(text.lines().filter(line -> line.contains("Tailrace")))
                .singleElement()
                .satisfies(row -> assertThat(row.replaceAll(" +", " "))
                        .isEqualTo("| a1 | Tailrace | 10 | 1 | 1 | 21.0 | 2.10 x | 2.0 | 9.0 | 500 | 3 | 4 |"));
        assertThat(text).contains("met    a1: CPU a push, of raw Netty's: 2.10 times, wanted at most 2.2");
    }

    private static CellResult result(Scenario scenario, int streams, int names, long cpuMicros, long heapBytes) {
        return new CellResult(
                new Cell(scenario, ServerKind.GATEWAY, workload(streams, names)),
                1,
                new Measurement(1, cpuMicros * 1_000, 1, List.of(1L), heapBytes, 1));
    }

    @Test
    void whatAStreamAndANameTakeIsWhatTheHeapGrowsBy() {
        String text = report(
                        List.of(),
                        result(Scenario.E, 100, 1, 1, 20_000_000),
                        result(Scenario.E, 2_100, 1, 1, 40_000_000),
                        result(Scenario.E, 100, 1_001, 1, 30_000_000),
                        result(Scenario.E, 1_100, 1_001, 1, 45_000_000))
                .text();

        assertThat(text)
                .contains("met    e: bytes of heap for a stream: 10,000, wanted at most 12,288")
                .contains("met    e: and for each name of it: 5.0, wanted at most 8");
    }

    @Test
    void whatShouldBeFlatIsJudgedByItsExtremes() {
        String text = report(
                        List.of(),
                        result(Scenario.C, 100, 1, 22, 1),
                        result(Scenario.C, 1_000, 1, 20, 1),
                        result(Scenario.C, 5_000, 1, 28, 1))
                .text();

        assertThat(text).contains("missed c: CPU a push, most of least: 1.40 times, wanted at most 1.3");
    }

    @Test
    void whatMustNotGrowIsJudgedByTheLargest() {
        String text = report(
                        List.of(),
                        result(Scenario.G1, 100, 1, 20, 1),
                        result(Scenario.G1, 100, 100, 40, 1),
                        result(Scenario.G1, 100, 10_000, 25, 1))
                .text();

        assertThat(text).contains("met    g1: CPU a push, the largest of the smallest: 1.25 times, wanted at most 1.3");
    }

    @Test
    void aFigureIsTheMedianOfItsRoundsBesideWhatIsWanted() {
        List<TrialResult> trials = Stream.of(30.0, 60.0, 50.0)
                .map(value -> new TrialResult(
                        Scenario.A4, "all", 1, List.of(Figure.atMost("p50, ms", value, 45), Figure.of("events", 100))))
                .toList();

        String text = report(List.of(), trials).text();

        assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
                .contains("| a4 | p50, ms | 50 | at most 45 |", "| a4 | events | 100 | |");
        assertThat(text).contains("missed a4: p50, ms: 50, wanted at most 45").doesNotContain("a4: events");
    }

    @Test
    void whatIsMissedAndWhatDoesNotCountIsSaid() {
        String text = report(
                        List.of("round 2: a1: 3 resources of its clients are not what was published"),
                        result(ServerKind.FLOOR, 1, 10),
                        result(ServerKind.GATEWAY, 1, 23))
                .text();

        assertThat(text)
                .contains("missed a1: CPU a push, of raw Netty's: 2.30 times, wanted at most 2.2")
                .contains("does not count: round 2: a1: 3 resources of its clients are not what was published");
    }

    @Test
    void everyCellOfEveryRoundIsInTheJson(@TempDir Path folder) throws IOException {
        report(List.of(), result(ServerKind.FLOOR, 1, 10), result(ServerKind.FLOOR, 2, 12))
                .writeTo(folder);

        var json = JsonParser.parseString(Files.readString(folder.resolve("bench.json")))
                .getAsJsonObject();
        assertThat(json.get("ended").getAsString()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(json.getAsJsonArray("results")).hasSize(2);
        assertThat(folder.resolve("bench.md")).exists();
        assertThat(Files.readString(folder.resolve("bench.svg")))
                .startsWith("<svg")
                .contains("raw Netty");
    }
}
