package io.tailrace.bench.trial;

import com.google.protobuf.Message;
import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.pipeline.Outputs;
import io.tailrace.bench.pipeline.ServiceMesh;
import io.tailrace.bench.workload.Asking;
import io.tailrace.bench.workload.Content;
import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Everything is published again and again as it is: events of their own, from which nothing must follow. */
public final class NoChange implements Trial {
    private static final int STREAMS = 1_000;
    private static final int SERVICES = 100;
    private static final int ENDPOINTS = 9;
    private static final int TIMES = 10;
    private static final int SERVICES_OF_A_STREAM = 10;

    @Override
    public String text() {
        return "the whole pipeline";
    }

    @Override
    public List<Figure> run(Lab lab) throws IOException, InterruptedException {
        Workload workload = lab.scale()
                .workload(
                        Variant.DELTA,
                        lab.scale().streams(STREAMS),
                        new Content(SERVICES, SERVICES, 0),
                        new Asking(SERVICES_OF_A_STREAM, true));
        ServiceMesh mesh = new ServiceMesh(SERVICES, ENDPOINTS);
        try (Pipeline pipeline = Pipeline.start(lab.launch(), "h-up", mesh, workload);
                Outputs outputs = new Outputs(pipeline.up().kafka(), Topics.DEFAULT)) {
            List<Message> all = new ArrayList<>(mesh.serviceObjects());
            all.addAll(mesh.allEndpoints());
            outputs.awaitPassed(
                    pipeline.events().publishAsTheyAre(all)); // what was published at first is written by then
            long responses = pipeline.clients().ready();
            Outputs.Written before = outputs.written();
            List<Published> events = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                events.addAll(pipeline.events().publishAsTheyAre(all));
            }
            outputs.awaitPassed(events);
            long records = outputs.written().minus(before).records();
            pipeline.check();
            long pushes = pipeline.clients().ready() - responses;
            return List.of(
                    Figure.atMost("records of it on resources and assignments", (double) records, 0),
                    Figure.atMost("pushes of it", (double) pushes, 0),
                    Figure.of("events", events.size()));
        }
    }
}
