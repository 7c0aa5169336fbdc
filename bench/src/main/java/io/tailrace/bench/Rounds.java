package io.tailrace.bench;

import io.tailrace.bench.server.Measurement;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Goes through all cells, and then again: what disturbs the machine for a while disturbs every server. */
final class Rounds {
    private final CellRun run;
    private final PrintStream progress;
    private final List<CellResult> results = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    Rounds(CellRun run, PrintStream progress) {
        this.run = run;
        this.progress = progress;
    }

    void run(List<Cell> cells, int rounds) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Cell cell : cells) {
                progress.printf("round %d of %d: %s ... ", round, rounds, cell.text());
                try {
                    Measurement measured = run.run(cell, round);
                    results.add(new CellResult(cell, round, measured));
                    progress.printf("%.1f us of CPU a push%n", measured.cpuMicrosPerPush());
                } catch (BenchFailedException e) {
                    failures.add("round " + round + ": " + cell.text() + ": " + e.getMessage());
                    progress.println("does not count: " + e.getMessage());
                }
            }
        }
    }

    List<CellResult> results() {
        return results;
    }

    /** Why cells don't count. */
    List<String> failures() {
        return failures;
    }
}
