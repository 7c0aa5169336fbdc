package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** One service that every client asks for: how long an event of one of its endpoints takes, one after the other. */
public final class EventToAck implements Trial {
    private static final int STREAMS = 1_000;

    /** Some 10 KB of a load assignment. */
    private static final int ENDPOINTS = 351;

    private static final double PER_SECOND = 5;

    /** Few events come in a second, and there is a 99th percentile of hundred and more. */
    private static final int TIMES_LONGER = 5;

    @Override
    public String text() {
        return "the whole pipeline";
    }

    @Override
    public List<Figure> run(Lab lab) throws IOException, InterruptedException {
        int streams = lab.scale().streams(STREAMS);
        Workload workload = lab.scale().workload(Variant.DELTA, streams, new Content(1, 1, 0), new Asking(1, false));
        try (Pipeline pipeline = Pipeline.start(lab.launch(), "a4-up", new ServiceMesh(1, ENDPOINTS), workload)) {
            int bytes = pipeline.events().bytesOfAnAssignment();
            pipeline.clients().watch(0);
            pipeline.warmUp(2 * PER_SECOND);
            Duration cpu = pipeline.up().cpu();
            Latencies measured = pipeline.pace(PER_SECOND, lab.measured().multipliedBy(TIMES_LONGER));
            cpu = pipeline.up().cpu().minus(cpu);
            pipeline.check();
            return List.of(
                    Figure.atMost("event on the log to the last ack, p50, ms", measured.percentile(0.5), 45),
                    Figure.atMost("event on the log to the last ack, p99, ms", measured.percentile(0.99), 120),
                    Figure.of("from before it was sent, p50, ms", measured.wholePercentile(0.5)),
                    Figure.of("from before it was sent, p99, ms", measured.wholePercentile(0.99)),
                    Figure.of("events", measured.toAcks().size()),
                    Figure.of("bytes of the load assignment", bytes),
                    Figure.of("RSS of `up`, MB", pipeline.up().peakRssBytes() / 1e6),
                    Figure.of(
                            "CPU of `up` for a push, us",
                            cpu.toNanos() / 1e3 / streams / measured.toAcks().size()));
        }
    }
}
