package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Many services, each with some of the clients: the highest rate of events that keeps the last ack near. */
public final class HighestRate implements Trial {
    static final int STREAMS = 1_000;
    static final int SERVICES = 1_000;
    static final int ENDPOINTS = 10;
    static final int SERVICES_OF_A_STREAM = 100;

    private static final int BYTES = 400;
    private static final List<Integer> RATES = List.of(50, 100, 200, 300, 400, 500, 700, 1_000, 1_400, 2_000, 2_800);
    private static final double LIMIT_MS = 100;

    /** A rate that whoever publishes can't keep doesn't count. */
    private static final double MOST_LATE_MS = 250;

    /** One may be a mishap; two in a row end the climb. */
    private static final int MISSES = 2;

    private static final int WANTED = 300;

    private final boolean alone;

    private HighestRate(boolean alone) {
        this.alone = alone;
    }

    public static HighestRate ofPipeline() {
        return new HighestRate(false);
    }

    public static HighestRate ofGatewayAlone() {
        return new HighestRate(true);
    }

    static Asking asking() {
        return new Asking(SERVICES_OF_A_STREAM, true);
    }

    static Content content() {
        return new Content(SERVICES, SERVICES, BYTES);
    }

    @Override
    public String text() {
        return alone ? "the gateway alone" : "the whole pipeline";
    }

    @Override
    public List<Figure> run(Lab lab) throws IOException, InterruptedException {
        Workload workload = lab.scale().workload(Variant.DELTA, lab.scale().streams(STREAMS), content(), asking());
        try (Paced paced = start(lab, workload)) {
            List<Figure> figures = climb(lab, paced);
            paced.check();
            return figures;
        }
    }

    private Paced start(Lab lab, Workload workload) throws IOException, InterruptedException {
        if (alone) {
            return GatewayAlone.start(lab.launch(), "b-gateway", workload);
        }
        Pipeline pipeline = Pipeline.start(lab.launch(), "b-up", new ServiceMesh(SERVICES, ENDPOINTS), workload);
        pipeline.clients().watch(0);
        return pipeline;
    }

    private List<Figure> climb(Lab lab, Paced paced) throws IOException, InterruptedException {
        lab.say("warming up");
        paced.warmUp(WANTED);
        int highest = 0;
        int misses = 0;
        List<Figure> steps = new ArrayList<>();
        for (int rate : RATES) {
            lab.say("%d/s", rate);
            Latencies step;
            try {
                step = paced.pace(rate, lab.measured());
            } catch (BenchFailedException e) {
                throw new BenchFailedException("at " + rate + " events/s: " + e.getMessage());
            }
            steps.add(Figure.of(what(rate + "/s: p50, ms"), step.percentile(0.5)));
            steps.add(Figure.of(what(rate + "/s: p99, ms"), step.percentile(0.99)));
            if (step.percentile(0.99) <= LIMIT_MS && step.late() <= MOST_LATE_MS) {
                highest = rate;
                misses = 0;
            } else if (++misses == MISSES) {
                break;
            }
        }
        steps.addFirst(Figure.atLeast(what("events/s with p99 of at most 100 ms"), highest, WANTED));
        return steps;
    }

    private String what(String figure) {
        return text() + ", " + figure;
    }
}
