package io.tailrace.bench;

import com.google.gson.Gson;
import io.tailrace.bench.server.Measurement;
import java.io.IOException;
import java.time.Duration;

/**
 * Measures a cell: a server, then its clients; when all of them have everything, updates; then what each client has is
 * compared with the truth.
 */
record CellRun(Launch launch, Duration warmUp, Duration measured) {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    Measurement run(Cell cell, int round) throws IOException, InterruptedException {
        try (ChildProcess server = launch.server(cell, round)) {
            int port = Integer.parseInt(server.answer(LIMIT));
            try (ChildProcess fleet = launch.fleet(port, cell)) {
                String acks = fleet.ask("ready", LIMIT);
                String answer = server.ask(
                        "run " + acks + " " + warmUp.toSeconds() + " " + measured.toSeconds(),
                        LIMIT.plus(warmUp).plus(measured));
                String wrong = fleet.ask("check " + server.ask("truth", LIMIT), LIMIT);
                if (!wrong.equals("0")) {
                    throw new BenchFailedException(wrong + " resources of its clients are not what was published");
                }
                return new Gson().fromJson(answer, Measurement.class);
            }
        }
    }
}
