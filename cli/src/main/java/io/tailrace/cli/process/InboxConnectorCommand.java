package io.tailrace.cli.process;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.connectors.inbox.InboxConnector;
import io.tailrace.connectors.inbox.InboxSettings;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace connector inbox}. */
@Command(
        name = "inbox",
        description = {
            "Check the change events that anyone wrote to the inbox, and forward them, each exactly once.",
            "Several share the inbox's partitions."
        },
        footer = {"", "Example:", "  tailrace connector inbox --bootstrap-servers kafka:9092"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:it could not start", "2:the call is wrong", "130:it was stopped by Ctrl-C", "143:by SIGTERM"
        },
        mixinStandardHelpOptions = true)
public final class InboxConnectorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final StatusOptions status = new StatusOptions();

    @Option(
            names = "--max-batch",
            paramLabel = "RECORDS",
            defaultValue = "1000",
            description = "Records in one transaction, at most (default: ${DEFAULT-VALUE}).")
    private int maxBatch;

    @Override
    public Integer call() throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Parts parts = Parts.closedOnSignal()) {
            InboxConnector inbox = parts.add(new InboxConnector(
                    new InboxSettings(
                            kafka.kafka(), kafka.topics(), UUID.randomUUID().toString(), maxBatch),
                    metrics));
            inbox.start();
            return status.serveUntilEnded(parts, spec, inbox, metrics, new CompletableFuture<>());
        }
    }
}
