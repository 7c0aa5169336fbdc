package io.tailrace.translator.streams;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.http.StatusServer;
import io.tailrace.schemas.topic.Topics;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A lane of a translator of the next release: all that differs is the number of its code. A process of its own. */
public final class RaisedCode {
    private RaisedCode() {}

    /** The lane's id, its state folder, the broker, and {@code --http-port} with the port of its readiness. */
    public static void main(String[] args) throws Exception {
        LaneDefinition now = Arrays.stream(Lanes.values())
                .filter(lane -> lane.id().equals(args[0]))
                .findFirst()
                .orElseThrow()
                .definition();
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        RunningLane lane = new RunningLane(
                now.withCode(now.code() + 1),
                TranslatorSettings.clustered(
                        Map.of("bootstrap.servers", args[2]), Topics.DEFAULT, Path.of(args[1]), "only"),
                metrics);
        lane.start();
        StatusServer.start(InetAddress.getLoopbackAddress(), Integer.parseInt(args[4]), lane, metrics);
        new CountDownLatch(1).await();
    }
}
