package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.process.Clients;
import io.tailrace.bench.process.Launch;
import io.tailrace.bench.process.Server;
import io.tailrace.bench.server.ServerKind;
import io.tailrace.bench.server.ServerProcess;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The gateway is killed and started anew on its port, and all clients come back at once, each over a connection of its
 * own. The new one has its view already: what is measured is the crowd, not the reading of the log.
 */
public final class Reconnects implements Trial {
    private static final int STREAMS = 1_000;

    /** 764 KB a client. */
    private static final Content CONTENT = new Content(1_000, 1_000, 705);

    private static final Asking ALL = new Asking(CONTENT.names(), false);

    private final boolean knowing;

    private Reconnects(boolean knowing) {
        this.knowing = knowing;
    }

    /** Clients that have to be told everything. */
    public static Reconnects forgetful() {
        return new Reconnects(false);
    }

    /** Clients that say by their versions that they have everything. */
    public static Reconnects knowing() {
        return new Reconnects(true);
    }

    @Override
    public String text() {
        return knowing ? "clients know all" : "clients know nothing";
    }

    @Override
    public List<Figure> run(Lab lab) throws IOException, InterruptedException {
        int streams = lab.scale().streams(STREAMS);
        Workload workload = lab.scale().unshared(streams, CONTENT, ALL);
        try (Server first = start(lab, workload, 0);
                Clients clients = lab.launch().fleet(first.port(), workload)) {
            clients.ready();
            lab.say("killed");
            clients.expectLoss();
            first.kill();
            try (Server second = start(lab, workload, first.port())) {
                List<Figure> figures = comeBack(clients, second, streams);
                clients.watch(0);
                clients.acked(second.pace(1, Duration.ofSeconds(1)).size());
                clients.check(second.truth());
                clients.expectLoss(); // it ends before they do
                return figures;
            }
        }
    }

    private static Server start(Lab lab, Workload workload, int port) throws IOException, InterruptedException {
        return lab.launch()
                .server(
                        port == 0 ? "d-first" : "d-second",
                        Launch.Heap.GROWING,
                        ServerProcess.arguments(ServerKind.GATEWAY, port, workload));
    }

    private List<Figure> comeBack(Clients clients, Server server, int streams)
            throws IOException, InterruptedException {
        long before = clients.receivedBytes();
        long began = clients.connectAgain(knowing);
        long served = knowing ? server.settledMicros(streams) : clients.completeMicros();
        long received = clients.receivedBytes() - before;
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.atMost("all served, s", (served - began) / 1e6, knowing ? 2 : 5));
        if (knowing) {
            figures.add(Figure.atMost("bytes of resources that were sent", (double) received, 0));
        } else {
            figures.add(Figure.of("KB of resources for a client", received / 1e3 / streams));
        }
        figures.add(Figure.atMost("RSS of the gateway, MB", server.peakRssBytes() / 1e6, 400));
        return figures;
    }
}
