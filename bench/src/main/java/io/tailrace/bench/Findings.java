package io.tailrace.bench;

import java.util.ArrayList;
import java.util.List;

/** What a run has found so far. */
final class Findings {
    private final List<CellResult> cells = new ArrayList<>();
    private final List<TrialResult> trials = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    void add(CellResult cell) {
        cells.add(cell);
    }

    void add(TrialResult trial) {
        trials.add(trial);
    }

    void failed(String why) {
        failures.add(why);
    }

    List<CellResult> cells() {
        return List.copyOf(cells);
    }

    List<TrialResult> trials() {
        return List.copyOf(trials);
    }

    /** Why something doesn't count. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}
