package io.tailrace.bench;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.figure.Statistics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A figure over all rounds: the median. */
record FigureSummary(Scenario scenario, String what, double value, Figure.@Nullable Bound wanted) {
    private record Key(Scenario scenario, String trial, String what) {}

    /** In the order in which they were first found. */
    static List<FigureSummary> of(List<TrialResult> results) {
        Map<Key, List<Figure>> all = new LinkedHashMap<>();
        for (TrialResult result : results) {
            for (Figure figure : result.figures()) {
                all.computeIfAbsent(new Key(result.scenario(), result.trial(), figure.what()), _ -> new ArrayList<>())
                        .add(figure);
            }
        }
        return all.entrySet().stream()
                .map(entry -> new FigureSummary(
                        entry.getKey().scenario(),
                        entry.getKey().what(),
                        Statistics.median(
                                entry.getValue().stream().map(Figure::value).toList()),
                        entry.getValue().getFirst().wanted()))
                .toList();
    }
}
