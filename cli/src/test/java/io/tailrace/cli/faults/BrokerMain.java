package io.tailrace.cli.faults;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.broker.EmbeddedBroker;
import io.tailrace.cli.http.StatusServer;
import io.tailrace.schemas.process.Health;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The broker of {@code up} as a process of its own, so that it can be killed. */
final class BrokerMain {
    private BrokerMain() {}

    /** The folder of its log, its port, and {@code --http-port} with the port that says that it takes requests. */
    public static void main(String[] args) throws Exception {
        EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]));
        StatusServer.start(
                InetAddress.getLoopbackAddress(),
                Integer.parseInt(args[3]),
                Health.all(List.of()),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        new CountDownLatch(1).await();
    }
}
