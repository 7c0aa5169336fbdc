package io.tailrace.bench;

import io.tailrace.bench.process.Clients;
import io.tailrace.bench.process.Launch;
import io.tailrace.bench.process.Server;
import io.tailrace.bench.server.Measurement;
import io.tailrace.bench.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;

/**
 * Measures a cell: a server, then its clients; when all of them have everything, updates; then what each client has is
 * compared with the truth.
 */
record CellRun(Launch launch, Duration warmUp, Duration measured) {
    Measurement run(Cell cell, int round) throws IOException, InterruptedException {
        try (Server server = launch.server(
                        cell.fileName() + "-" + round, ServerProcess.arguments(cell.server(), 0, cell.workload()));
                Clients clients = launch.fleet(server.port(), cell.workload())) {
            Measurement measurement = server.run(clients.ready(), warmUp, measured);
            clients.check(server.truth());
            return measurement;
        }
    }
}
