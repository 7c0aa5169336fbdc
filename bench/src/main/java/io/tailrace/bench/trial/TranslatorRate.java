package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.pipeline.Events;
import io.tailrace.bench.pipeline.Outputs;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.pipeline.Translator;
import io.tailrace.bench.pipeline.Up;
import io.tailrace.bench.process.Confined;
import io.tailrace.bench.process.Cores;
import io.tailrace.bench.process.TemporaryFolder;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A translator with a core of its own, and many services: how many events of endpoints it takes, and what it writes for
 * them. Broker, publisher and a reader of what it writes have the other core. The broker is that of an `up` whose own
 * parts look at other topics, and have nothing to do.
 */
public final class TranslatorRate implements Trial {
    private static final int SERVICES = 10_000;
    private static final int ENDPOINTS = 10;
    private static final int EVENTS_FOR_A_SECOND = 10_000;
    private static final int BATCH = 1_000;
    private static final Topics IDLE = new Topics("idle.");

    @Override
    public String text() {
        return "a translator on a core of its own";
    }

    @Override
    public List<Figure> run(Lab lab) throws IOException, InterruptedException {
        ServiceMesh mesh = new ServiceMesh(SERVICES, ENDPOINTS);
        Cores cores = lab.launch().cores();
        try (Confined self = Confined.to(cores.clients());
                TemporaryFolder folder = TemporaryFolder.create();
                Up up = Up.start(folder.path(), self.prefix(), List.of(), IDLE);
                Translator translator = Translator.start(
                        folder.path(),
                        Cores.prefix(cores.server()),
                        lab.launch().recording("f-translator"),
                        up.kafka());
                Events events = new Events(up.kafka(), Topics.DEFAULT, mesh)) {
            lab.say("%,d services", SERVICES);
            events.publish(mesh.serviceObjects());
            try (Outputs outputs = new Outputs(up.kafka(), Topics.DEFAULT)) {
                int count = (int) lab.measured().toSeconds() * EVENTS_FOR_A_SECOND;
                lab.say("%,d events to warm up", count);
                outputs.awaitPassed(publish(events, count));
                Outputs.Written written = outputs.written();
                Duration cpu = translator.cpu();
                lab.say("%,d events", 2 * count);
                long start = System.nanoTime();
                outputs.awaitPassed(publish(events, 2 * count));
                double seconds = (System.nanoTime() - start) / 1e9;
                cpu = translator.cpu().minus(cpu);
                written = outputs.written().minus(written);
                events.truth();
                return List.of(
                        Figure.atLeast("endpoint events/s of one core", 2 * count / seconds, 10_000),
                        Figure.atMost(
                                "bytes written, of those of the load assignments that changed",
                                (double) written.bytes() / written.assignmentBytes(),
                                1.2),
                        Figure.of(
                                "of these the causes, of those of the load assignments",
                                (double) written.causeBytes() / written.assignmentBytes()),
                        Figure.of("CPU of the translator for an event, us", cpu.toNanos() / 1e3 / (2 * count)),
                        Figure.of("events for a record written", 2.0 * count / written.records()));
            }
        }
    }

    private static List<Published> publish(Events events, int count) {
        List<Published> published = new ArrayList<>();
        for (int i = 0; i < count; i += BATCH) {
            published.addAll(events.publishNext(BATCH));
        }
        return published;
    }
}
