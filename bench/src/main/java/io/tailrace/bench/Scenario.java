package io.tailrace.bench;

import io.tailrace.bench.server.ServerKind;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be measured. */
enum Scenario {
    A1("delta, 1 name of 10 KB, 1,000 streams") {
        @Override
        List<Cell> cells(Scale scale) {
            return everyServer(scale.workload(Variant.DELTA, scale.streams(1_000), 1));
        }
    };

    private final String description;

    Scenario(String description) {
        this.description = description;
    }

    /** In the order in which a round goes through them. */
    abstract List<Cell> cells(Scale scale);

    String description() {
        return description;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Stream<Scenario> all() {
        return Arrays.stream(values());
    }

    List<Cell> everyServer(Workload workload) {
        return Arrays.stream(ServerKind.values())
                .map(server -> new Cell(this, server, workload))
                .toList();
    }
}
