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
    },
    A2("delta, 1,000 names, 1,000 streams") {
        @Override
        List<Cell> cells(Scale scale) {
            return everyServer(scale.workload(Variant.DELTA, scale.streams(1_000), 1_000));
        }
    },
    A3("state of the world, 1,000 names, 200 streams") {
        @Override
        List<Cell> cells(Scale scale) {
            return everyServer(scale.workload(Variant.SOTW, scale.streams(200), 1_000));
        }
    },
    C("a1 with 100, 1,000 and 5,000 streams (raw Netty, Tailrace)") {
        @Override
        List<Cell> cells(Scale scale) {
            return Stream.of(100, 1_000, 5_000)
                    .map(streams -> scale.workload(Variant.DELTA, streams, 1))
                    .flatMap(workload -> Stream.of(ServerKind.FLOOR, ServerKind.GATEWAY)
                            .map(server -> new Cell(this, server, workload)))
                    .toList();
        }
    },
    E("memory of streams, and of names of streams (Tailrace)") {
        @Override
        List<Cell> cells(Scale scale) {
            return Stream.of(
                            scale.workload(Variant.DELTA, 100, 1),
                            scale.workload(Variant.DELTA, 2_100, 1),
                            scale.workload(Variant.DELTA, 100, 1_000),
                            scale.workload(Variant.DELTA, 1_100, 1_000))
                    .map(workload -> new Cell(this, ServerKind.GATEWAY, workload))
                    .toList();
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
