package io.tailrace.bench;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.server.Measurement;
import io.tailrace.bench.trial.Lab;
import io.tailrace.bench.trial.Trial;
import java.io.IOException;
import java.util.List;

/** Goes through all scenarios, and then again: what disturbs the machine for a while disturbs every server. */
final class Rounds {
    private final CellRun run;
    private final Lab lab;
    private final Findings findings = new Findings();
    private final Kept kept;

    /** Is told after everything that was measured, so that a run that is stopped keeps what it has. */
    @FunctionalInterface
    interface Kept {
        void keep(Findings findings) throws IOException;
    }

    Rounds(Lab lab, Kept kept) {
        this.run = new CellRun(lab.launch(), lab.measured(), lab.measured());
        this.lab = lab;
        this.kept = kept;
    }

    private interface Step {
        String measure() throws IOException, InterruptedException;
    }

    Findings run(List<Scenario> scenarios, int rounds) throws IOException, InterruptedException {
        for (int round = 1; round <= rounds; round++) {
            for (Scenario scenario : scenarios) {
                run(scenario, round, "round " + round + " of " + rounds + ": ");
            }
        }
        return findings;
    }

    private void run(Scenario scenario, int round, String where) throws IOException, InterruptedException {
        for (Cell cell : scenario.cells(lab.scale())) {
            step(where + cell.text(), () -> {
                Measurement measured = run.run(cell, round);
                findings.add(new CellResult(cell, round, measured));
                return "%.1f us of CPU a push".formatted(measured.cpuMicrosPerPush());
            });
        }
        for (Trial trial : scenario.trials()) {
            step(where + scenario.id() + " " + trial.text(), () -> {
                List<Figure> figures = trial.run(lab);
                findings.add(new TrialResult(scenario, trial.text(), round, figures));
                return figures.getFirst().text();
            });
        }
    }

    private void step(String text, Step step) throws IOException, InterruptedException {
        lab.progress().print(text + " ... ");
        try {
            lab.progress().println(step.measure());
        } catch (BenchFailedException e) {
            findings.failed(text + ": " + e.getMessage());
            lab.progress().println("does not count: " + e.getMessage());
        }
        kept.keep(findings);
    }
}
