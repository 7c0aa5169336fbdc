package io.tailrace.bench.trial;

import io.tailrace.bench.pipeline.Events;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.pipeline.Up;
import io.tailrace.bench.process.Clients;
import io.tailrace.bench.process.Launch;
import io.tailrace.bench.process.Pace;
import io.tailrace.bench.process.Parts;
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
    private final Parts parts;
    private final Up up;
    private final Events events;
    private final Clients clients;

    private Pipeline(Parts parts, Launch launch, String name, ServiceMesh mesh, Workload workload)
            throws IOException, InterruptedException {
        this.parts = parts;
        TemporaryFolder folder = parts.add(TemporaryFolder.create());
        up = parts.add(Up.start(folder.path(), List.of(), launch.recording(name), Topics.DEFAULT));
        events = parts.add(new Events(up.kafka(), Topics.DEFAULT, mesh));
        events.publish(mesh.config());
        clients = parts.add(launch.fleetAnywhere(up.xdsPort(), workload));
        clients.ready();
    }

    /**
     * Returns when every client has everything of the mesh.
     *
     * @param name of a recording
     */
    static Pipeline start(Launch launch, String name, ServiceMesh mesh, Workload workload)
            throws IOException, InterruptedException {
        return Parts.start(parts -> new Pipeline(parts, launch, name, mesh, workload));
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
        parts.close();
    }
}
