package io.tailrace.bench;

import io.tailrace.bench.server.ServerKind;
import io.tailrace.bench.trial.EventToAck;
import io.tailrace.bench.trial.HighestRate;
import io.tailrace.bench.trial.NoChange;
import io.tailrace.bench.trial.Reconnects;
import io.tailrace.bench.trial.StalledClients;
import io.tailrace.bench.trial.TranslatorRate;
import io.tailrace.bench.trial.Trial;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Scale;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What can be measured: the cost of a push in cells, all else in trials. */
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
    A4("an event on Kafka's log until 1,000 streams have acked (`up`)") {
        @Override
        List<Trial> trials() {
            return List.of(new EventToAck());
        }
    },
    B("1,000 services, 100 subscribers each: events a second (`up`, gateway)") {
        @Override
        List<Trial> trials() {
            return List.of(HighestRate.ofPipeline(), HighestRate.ofGatewayAlone());
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
    D1("the gateway killed, 1,000 nodes of 764 KB reconnect, which know nothing") {
        @Override
        List<Trial> trials() {
            return List.of(Reconnects.forgetful());
        }
    },
    D2("d1 with nodes that know all (initial_resource_versions)") {
        @Override
        List<Trial> trials() {
            return List.of(Reconnects.knowing());
        }
    },
    E("memory of streams, and of names of streams (Tailrace)") {
        @Override
        List<Cell> cells(Scale scale) {
            return gateway(Stream.of(
                    scale.workload(Variant.DELTA, 100, 1),
                    scale.workload(Variant.DELTA, 2_100, 1),
                    scale.workload(Variant.DELTA, 100, 1_000),
                    scale.workload(Variant.DELTA, 1_100, 1_000)));
        }
    },
    F("a translator on one core, 10,000 services of 10 endpoints: events a second") {
        @Override
        List<Trial> trials() {
            return List.of(new TranslatorRate());
        }
    },
    G1("growth: 1, 100, 1,000, 10,000 names of a stream, one of which changes") {
        @Override
        List<Cell> cells(Scale scale) {
            return gateway(Stream.of(1, 100, 1_000, 10_000)
                    .map(names -> scale.workload(
                            Variant.DELTA, 100, new Content(names, 1, GROWTH_BYTES), new Asking(names, false))));
        }
    },
    G2("growth: 1,000 and 10,000 services, one of which is asked for") {
        @Override
        List<Cell> cells(Scale scale) {
            return gateway(Stream.of(1_000, 10_000)
                    .map(names -> scale.workload(
                            Variant.DELTA, 100, new Content(names, 1, GROWTH_BYTES), new Asking(1, false))));
        }
    },
    G3("growth: 100 and 1,000 of 1,000 streams ask for what changes") {
        @Override
        List<Cell> cells(Scale scale) {
            return gateway(Stream.of(100, 1_000)
                    .map(names -> scale.workload(
                            Variant.DELTA, 1_000, new Content(1_000, 1_000, GROWTH_BYTES), new Asking(names, true))));
        }
    },
    H("10,000 events that change nothing (`up`)") {
        @Override
        List<Trial> trials() {
            return List.of(new NoChange());
        }
    },
    I("b with 5 of 1,000 clients that read nothing for 30 s (`up`)") {
        @Override
        List<Trial> trials() {
            return List.of(new StalledClients());
        }
    };

    private static final int GROWTH_BYTES = 1_000;

    private final String description;

    Scenario(String description) {
        this.description = description;
    }

    /** In the order in which a round goes through them. */
    List<Cell> cells(Scale scale) {
        return List.of();
    }

    /** After the cells. */
    List<Trial> trials() {
        return List.of();
    }

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

    List<Cell> gateway(Stream<Workload> workloads) {
        return workloads
                .map(workload -> new Cell(this, ServerKind.GATEWAY, workload))
                .toList();
    }
}
