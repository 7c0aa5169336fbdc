package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Some clients read nothing for a while: what the others notice, and what it costs in memory. */
public final class StalledClients implements Trial {
    private static final int STALLED = 5;
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final double PER_SECOND = 300;

    @Override
    public String text() {
        return "the whole pipeline";
    }

    @Override
    public List<Figure> run(Lab lab) throws IOException, InterruptedException {
        Workload workload = lab.scale()
                .unshared(lab.scale().streams(HighestRate.STREAMS), HighestRate.content(), HighestRate.asking());
        ServiceMesh mesh = new ServiceMesh(HighestRate.SERVICES, HighestRate.ENDPOINTS);
        try (Pipeline pipeline = Pipeline.start(lab.launch(), "i-up", mesh, workload)) {
            pipeline.clients().watch(STALLED);
            pipeline.warmUp(PER_SECOND);
            lab.say("without stalls");
            Latencies without = pipeline.pace(PER_SECOND, STALL);
            long heapBefore = pipeline.up().liveHeapBytes();
            lab.say("%d stall", STALLED);
            pipeline.clients().stall(STALLED);
            Latencies with = pipeline.pace(PER_SECOND, STALL);
            long heapAfter = pipeline.up().liveHeapBytes();
            pipeline.clients().resume(STALLED);
            pipeline.check();
            return List.of(
                    Figure.atMost(
                            "p99 of the others, times that without stalls",
                            with.percentile(0.99) / without.percentile(0.99),
                            1.1),
                    Figure.of("p50 without stalls, ms", without.percentile(0.5)),
                    Figure.of("p99 without stalls, ms", without.percentile(0.99)),
                    Figure.of("p50 of the others, ms", with.percentile(0.5)),
                    Figure.of("p99 of the others, ms", with.percentile(0.99)),
                    Figure.of("live heap of `up` before, MB", heapBefore / 1e6),
                    Figure.of("at the end of the stall, MB", heapAfter / 1e6));
        }
    }
}
