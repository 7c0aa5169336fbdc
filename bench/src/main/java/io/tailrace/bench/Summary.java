package io.tailrace.bench;

import io.tailrace.bench.figure.Statistics;
import io.tailrace.bench.server.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A cell over all rounds: of each figure the median, of the latencies the percentiles over all updates. */
record Summary(Cell cell, List<Measurement> rounds) {
    Summary {
        rounds = List.copyOf(rounds);
    }

    /** In the order in which the cells were first measured. */
    static List<Summary> of(List<CellResult> results) {
        Map<Cell, List<Measurement>> byCell = new LinkedHashMap<>();
        for (CellResult result : results) {
            byCell.computeIfAbsent(result.cell(), _ -> new ArrayList<>()).add(result.measurement());
        }
        return byCell.entrySet().stream()
                .map(entry -> new Summary(entry.getKey(), entry.getValue()))
                .toList();
    }

    double cpuMicros() {
        return median(Measurement::cpuMicrosPerPush);
    }

    double allocatedBytes() {
        return median(Measurement::allocatedPerPush);
    }

    double heapBytes() {
        return median(Measurement::heapBytes);
    }

    double rssBytes() {
        return median(Measurement::rssBytes);
    }

    /** Milliseconds until the last stream had acked. */
    double ackedMillis(double share) {
        return Statistics.percentile(
                        rounds.stream().flatMap(m -> m.ackedNanos().stream()).toList(), share)
                / 1e6;
    }

    private double median(ToDoubleFunction<Measurement> figure) {
        return Statistics.median(rounds.stream().mapToDouble(figure).boxed().toList());
    }
}
