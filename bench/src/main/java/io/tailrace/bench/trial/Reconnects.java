package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.process.Clients;
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
 * A gateway is killed, and all its clients come back at once, each over a connection of its own: to another gateway, which has
 * as many clients already, and to a new process on the same port. Both have the view: what is measured is the crowd, not the
 * reading of the log.
 */
public final class Reconnects implements Trial {
    private static final int STREAMS = 1_000;

    /** 764 KB a client. */
    private static final Content CONTENT = new Content(1_000, 1_000, 705);

    private static final Asking ALL = new Asking(CONTENT.names(), false);

    /** Of what both gateways serve before. */
    private static final double CHANGES_A_SECOND = 10;

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
        List<Figure> figures = new ArrayList<>(toAnother(lab, workload));
        figures.addAll(toANewProcess(lab, workload));
        return figures;
    }

    private List<Figure> toAnother(Lab lab, Workload workload) throws IOException, InterruptedException {
        try (Server first = start(lab, "d-first", workload, 0);
                Server other = start(lab, "d-other", workload, 0);
                Clients itsOwn = lab.launch().fleet(other.port(), workload);
                Clients clients = lab.launch().fleet(first.port(), workload)) {
            clients.ready();
            itsOwn.ready();
            other.settledMicros(workload.streams());
            serve(first, clients, lab);
            serve(other, itsOwn, lab);
            lab.say("killed");
            clients.expectLoss();
            first.kill();
            List<Figure> figures = comeBack(clients, other, 2 * workload.streams());
            checked(other, clients);
            itsOwn.expectLoss();
            return figures;
        }
    }

    /** Every gateway has the same changes. */
    private static void serve(Server gateway, Clients clients, Lab lab) throws IOException, InterruptedException {
        clients.watch(0);
        clients.acked(gateway.pace(CHANGES_A_SECOND, lab.measured()).size());
    }

    private List<Figure> toANewProcess(Lab lab, Workload workload) throws IOException, InterruptedException {
        try (Server first = start(lab, "d-first", workload, 0);
                Clients clients = lab.launch().fleet(first.port(), workload)) {
            clients.ready();
            lab.say("killed");
            clients.expectLoss();
            first.kill();
            try (Server second = start(lab, "d-second", workload, first.port())) {
                List<Figure> figures = comeBack(clients, second, workload.streams());
                checked(second, clients);
                return figures.stream().map(Reconnects::ofANewProcess).toList();
            }
        }
    }

    private static Server start(Lab lab, String name, Workload workload, int port)
            throws IOException, InterruptedException {
        return lab.launch().growingServer(name, ServerProcess.arguments(ServerKind.GATEWAY, port, workload));
    }

    /** A change reaches them all, and they have the truth. */
    private static void checked(Server server, Clients clients) throws IOException, InterruptedException {
        clients.watch(0);
        clients.acked(server.pace(1, Duration.ofSeconds(1)).size());
        clients.check(server.truth());
        clients.expectLoss(); // it ends before they do
    }

    /** `streams`: those that the server has then. */
    private List<Figure> comeBack(Clients clients, Server server, int streams)
            throws IOException, InterruptedException {
        long before = clients.receivedBytes();
        long began = clients.connectAgain(server.port(), knowing);
        long served = knowing ? server.settledMicros(streams) : clients.completeMicros();
        long received = clients.receivedBytes() - before;
        return List.of(
                Figure.atMost("all served, s", (served - began) / 1e6, knowing ? 2 : 5),
                knowing
                        ? Figure.atMost("bytes of resources that were sent", (double) received, 0)
                        : Figure.of("MB of resources that were sent", received / 1e6),
                Figure.atMost("RSS of the gateway, MB", server.peakRssBytes() / 1e6, 400));
    }

    /** Its code isn't compiled yet, for which nothing is wanted. */
    private static Figure ofANewProcess(Figure figure) {
        return Figure.of("to a new process: " + figure.what(), figure.value());
    }
}
