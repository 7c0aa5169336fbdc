package io.tailrace.cli.process;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.DurationOption;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.gateway.GatewayProcess;
import io.tailrace.gateway.GatewaySettings;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace gateway}. */
@Command(
        name = "gateway",
        description = {
            "Run an xDS gateway: Envoys connect to it and get what the translator has written.",
            "It keeps no state; run as many as you like."
        },
        footer = {"", "Example:", "  tailrace gateway --name gateway-1 --bootstrap-servers kafka:9092 --address 0.0.0.0"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"1:it could not start", "2:the call is wrong", "130:it was stopped by Ctrl-C", "143:by SIGTERM"
        },
        mixinStandardHelpOptions = true)
public final class GatewayCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final StatusOptions status = new StatusOptions();

    @Option(names = "--name", required = true, description = "Names it among the gateways; the same after a restart.")
    private String name = "";

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            description = "The address that xDS is served on (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1";

    @Option(
            names = "--xds-port",
            paramLabel = "PORT",
            defaultValue = "18000",
            description = "Its port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int xdsPort;

    @Option(
            names = "--drain-time",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description = "When it is told to stop it ends its streams over this time, so that Envoys don't all"
                    + " reconnect at once (default: ${DEFAULT-VALUE}).")
    private String drainTime = "5s";

    @Override
    public Integer call() throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Parts parts = Parts.closedOnSignal()) {
            GatewayProcess gateway = parts.add(GatewayProcess.start(
                    GatewaySettings.of(name, kafka.kafka(), kafka.topics(), address, xdsPort)
                            .withDrain(DurationOption.parse("--drain-time", drainTime)),
                    metrics));
            return status.serveUntilEnded(parts, spec, gateway, metrics, new CompletableFuture<>());
        } catch (UncheckedIOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "gateway: " + e.getMessage());
        }
    }
}
