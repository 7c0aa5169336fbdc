package io.tailrace.bench;

import io.tailrace.bench.figure.Figure;
import java.util.List;

/** What a trial that counts has found. */
record TrialResult(Scenario scenario, String trial, int round, List<Figure> figures) {
    TrialResult {
        figures = List.copyOf(figures);
    }
}
