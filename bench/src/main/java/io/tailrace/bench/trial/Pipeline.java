package io.tailrace.bench.trial;

import io.tailrace.bench.pipeline.Events;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.pipeline.Up;
import io.tailrace.bench.process.Clients;
import io.tailrace.bench.process.Launch;
import io.tailrace.bench.process.Pace;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.process.TemporaryFolder;
import io.tailrace.bench.workload.Workload;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** All of Tailrace as a user starts it, with Kafka in it, and its clients; nothing has a core of its own. */
final class Pipeline implements Paced {
    private final TemporaryFolder folder;
    private final Up up;
    private final Events events;
    private final Clients clients;

    private Pipeline(TemporaryFolder folder, Up up, Events events, Clients clients) {
        this.folder = folder;
        this.up = up;
        this.events = events;
        this.clients = clients;
    }

    /** Returns when every client has everything of the mesh. */
    static Pipeline start(Launch launch, ServiceMesh mesh, Workload workload) throws IOException, InterruptedException {
        TemporaryFolder folder = TemporaryFolder.create();
        Up up = Up.start(folder.path(), List.of(), Topics.DEFAULT);
        Events events = new Events(up.kafka(), Topics.DEFAULT, mesh);
        events.publish(mesh.config());
        Clients clients = launch.fleetAnywhere(up.xdsPort(), workload);
        clients.ready();
        return new Pipeline(folder, up, events, clients);
    }

    Up up() {
        return up;
    }

    Events events() {
        return events;
    }

    Clients clients() {
        return clients;
    }

    @Override
    public Latencies pace(double perSecond, Duration duration) throws IOException, InterruptedException {
        List<Stamp> due = new ArrayList<>();
        new Pace(perSecond, duration).run(moments -> due.addAll(events.publishNext(moments)));
        List<Stamp> acked = clients.acked(due.size());
        return Latencies.of(due, events.appended(), acked);
    }

    @Override
    public void check() throws IOException, InterruptedException {
        clients.awaitTruth(
                Arrays.stream(events.truth()).mapToObj(Integer::toString).collect(Collectors.joining(" ")));
    }

    @Override
    public void close() throws IOException {
        clients.close();
        events.close();
        up.close();
        folder.close();
    }
}
