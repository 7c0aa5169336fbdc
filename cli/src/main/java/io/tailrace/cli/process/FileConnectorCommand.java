package io.tailrace.cli.process;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.connectors.core.Connector;
import io.tailrace.connectors.core.ConnectorSettings;
import io.tailrace.connectors.core.Exit;
import io.tailrace.connectors.file.FileSource;
import io.tailrace.connectors.file.FileSourceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace connector file}. */
@Command(
        name = "file",
        description = {
            "Publish what the YAML and JSON files of folders say, and every change of them.",
            "One of a name runs at a time: a second one takes over, and the first ends."
        },
        footer = {"", "Example:", "  tailrace connector file --name site -f config/ --bootstrap-servers kafka:9092"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:another one took over, or it failed",
            "2:the call is wrong",
            "130:it was stopped by Ctrl-C",
            "143:by SIGTERM"
        },
        mixinStandardHelpOptions = true)
public final class FileConnectorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final StatusOptions status = new StatusOptions();

    @Option(
            names = {"-f", "--folder"},
            required = true,
            paramLabel = "DIR",
            description = "A folder to watch; may be given more than once. All are one source.")
    private List<Path> folders = List.of();

    @Option(
            names = "--name",
            defaultValue = "file",
            description = "The source's name; its objects belong to it (default: ${DEFAULT-VALUE}).")
    private String name = "file";

    @Option(names = "--author", description = "Stands in the events as who made the change (default: the user).")
    private String author = System.getProperty("user.name", "");

    @Option(names = "--allow-empty", description = "Remove everything when the folders have nothing.")
    private boolean allowEmpty;

    @Override
    public Integer call() throws InterruptedException {
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (Parts parts = Parts.closedOnSignal()) {
            Connector connector = parts.add(new Connector(
                    new FileSource(FileSourceSettings.of(name, folders)),
                    new ConnectorSettings(kafka.kafka(), kafka.topics(), author, allowEmpty),
                    InstantSource.system(),
                    metrics));
            connector.start();
            return status.serveUntilEnded(parts, spec, connector, metrics, reason(connector));
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "connector file: " + e.getMessage());
        }
    }

    private static CompletableFuture<String> reason(Connector connector) {
        return connector.exit().thenApply(exit -> switch (exit) {
            case Exit.Closed _ -> "it was told to stop";
            case Exit.Fenced fenced -> "another connector of this name has taken over: " + fenced.reason();
            case Exit.Failed failed -> "it failed: " + failed.cause();
        });
    }
}
