package io.tailrace.bench.trial;

import io.tailrace.bench.process.Clients;
import io.tailrace.bench.process.Launch;
import io.tailrace.bench.process.Parts;
import io.tailrace.bench.process.Server;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.server.ServerKind;
import io.tailrace.bench.server.ServerProcess;
import io.tailrace.bench.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The gateway on a core of its own, whose views are advanced by bench; an event is on the log when it is due. */
final class GatewayAlone implements Paced {
    private final Parts parts;
    private final Server server;
    private final Clients clients;

    private GatewayAlone(Parts parts, Launch launch, String name, Workload workload)
            throws IOException, InterruptedException {
        this.parts = parts;
        List<String> arguments = ServerProcess.arguments(ServerKind.GATEWAY, 0, workload);
        server = parts.add(launch.server(name, arguments));
        clients = parts.add(launch.fleet(server.port(), workload));
        clients.ready();
        clients.watch(0);
    }

    /** Returns when every client has everything. */
    static GatewayAlone start(Launch launch, String name, Workload workload) throws IOException, InterruptedException {
        return Parts.start(parts -> new GatewayAlone(parts, launch, name, workload));
    }

    @Override
    public Latencies pace(double perSecond, Duration duration) throws IOException, InterruptedException {
        List<Stamp> due = server.pace(perSecond, duration);
        Map<Stamp.Subject, Long> log = new HashMap<>();
        due.forEach(event -> log.put(event.subject(), event.micros()));
        return Latencies.of(due, log, clients.acked(due.size()));
    }

    @Override
    public void check() throws IOException, InterruptedException {
        clients.check(server.truth());
    }

    @Override
    public void close() throws IOException {
        parts.close();
    }
}
