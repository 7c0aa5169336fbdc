package io.tailrace.bench;

import io.tailrace.bench.server.ServerKind;
import io.tailrace.bench.workload.Workload;
import java.util.Locale;

/** One server under one workload: what is measured once in each round. */
record Cell(Scenario scenario, ServerKind server, Workload workload) {
    String text() {
        String asked = workload.asking().names() == workload.names()
                ? ""
                : ", each asks for %,d".formatted(workload.asking().names());
        return "%s %s, streams: %,d, names: %,d%s"
                .formatted(scenario.id(), server.title(), workload.streams(), workload.names(), asked);
    }

    String fileName() {
        return "%s-%s-%d-%d-%d"
                .formatted(
                        scenario.id(),
                        server.name().toLowerCase(Locale.ROOT),
                        workload.streams(),
                        workload.names(),
                        workload.asking().names());
    }
}
