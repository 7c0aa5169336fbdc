package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.pipeline.Events;
import io.tailrace.bench.pipeline.Outputs;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.pipeline.StoredBytes;
import io.tailrace.bench.pipeline.Translator;
import io.tailrace.bench.pipeline.Up;
import io.tailrace.bench.process.Confined;
import io.tailrace.bench.process.Cores;
import io.tailrace.bench.process.TemporaryFolder;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.topic.Topic;
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
    private static final int ALONE = 200;
    private static final int MOST_WARM_UP_STEPS = 10;
    private static final double HARDLY_FASTER = 1.03;
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
                warmUp(lab, events, outputs, count);
                lab.say("%,d events", 2 * count);
                Measured before = Measured.now(up, translator, outputs);
                double seconds = secondsOf(events, outputs, 2 * count);
                Measured after = Measured.now(up, translator, outputs);
                lab.say("%,d events alone", ALONE);
                for (int i = 0; i < ALONE; i++) {
                    outputs.awaitPassed(events.publishNext(1));
                }
                Measured alone = Measured.now(up, translator, outputs).since(after);
                events.truth();
                return figures(2 * count, seconds, after.since(before), alone);
            }
        }
    }

    /** The JVM's compilers have the same core: until a step is hardly faster than the fastest before it. */
    private static void warmUp(Lab lab, Events events, Outputs outputs, int count) throws InterruptedException {
        double fastest = Double.MAX_VALUE;
        for (int step = 0; step < MOST_WARM_UP_STEPS; step++) {
            double seconds = secondsOf(events, outputs, count);
            lab.say("%,d events/s", Math.round(count / seconds));
            if (seconds * HARDLY_FASTER > fastest) {
                return;
            }
            fastest = Math.min(fastest, seconds);
        }
    }

    /** From before the first is sent until the last one's marker is read. */
    private static double secondsOf(Events events, Outputs outputs, int count) throws InterruptedException {
        long start = System.nanoTime();
        outputs.awaitPassed(publish(events, count));
        return (System.nanoTime() - start) / 1e9;
    }

    /** What has been used and written so far. */
    private record Measured(Duration cpu, Outputs.Written written, long storedBytes) {
        static Measured now(Up up, Translator translator, Outputs outputs) throws InterruptedException {
            return new Measured(
                    translator.cpu(),
                    outputs.written(),
                    StoredBytes.of(up.kafka(), Topics.DEFAULT, List.of(Topic.ASSIGNMENTS, Topic.RESOURCES)));
        }

        Measured since(Measured before) {
            return new Measured(cpu.minus(before.cpu), written.minus(before.written), storedBytes - before.storedBytes);
        }

        /** Of the bytes of the load assignments that changed. */
        double stored() {
            return (double) storedBytes / written.assignmentBytes();
        }
    }

    private static List<Figure> figures(int events, double seconds, Measured measured, Measured alone) {
        Outputs.Written written = measured.written();
        double changed = written.assignmentBytes();
        return List.of(
                Figure.atLeast("endpoint events/s of one core", events / seconds, 10_000),
                Figure.atMost("bytes stored, of those of the load assignments that changed", measured.stored(), 1.2),
                Figure.of("the same, where each event comes alone", alone.stored()),
                Figure.of(
                        "keys and values before compression, of those of the load assignments",
                        written.bytes() / changed),
                Figure.of("of these the causes, of those of the load assignments", written.causeBytes() / changed),
                Figure.of(
                        "CPU of the translator for an event, us", measured.cpu().toNanos() / 1e3 / events),
                Figure.of("events for a record written", (double) events / written.records()));
    }

    private static List<Published> publish(Events events, int count) {
        List<Published> published = new ArrayList<>();
        for (int i = 0; i < count; i += BATCH) {
            published.addAll(events.publishNext(BATCH));
        }
        return published;
    }
}
