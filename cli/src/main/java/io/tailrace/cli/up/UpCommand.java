package io.tailrace.cli.up;

import io.tailrace.cli.options.BootstrapServers;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaFile;
import io.tailrace.cli.options.Unreadable;
import io.tailrace.cli.process.LostInputsOption;
import io.tailrace.cli.process.Parts;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace up}. */
@Command(
        name = "up",
        description = {
            "Run everything in one process: Kafka, the translator, a gateway, the inbox and a file connector.",
            "What it knows is kept in the state folder; one that starts again goes on where it was."
        },
        footer = {"", "Example:", "  tailrace up -f config/"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:it could not start, or a part of it failed",
            "2:the call is wrong",
            "130:it was stopped by Ctrl-C",
            "143:by SIGTERM"
        },
        mixinStandardHelpOptions = true)
public final class UpCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-f", "--folder"},
            paramLabel = "DIR",
            description = "A folder of YAML and JSON files to watch; may be given more than once. All are one source.")
    private List<Path> folders = List.of();

    @Option(names = "--allow-empty", description = "Remove everything when the folders have nothing.")
    private boolean allowEmpty;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = ".tailrace",
            description = "Where its state is kept (default: ${DEFAULT-VALUE}).")
    private Path stateDir = Path.of(".tailrace");

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description =
                    "Kafka's port on 127.0.0.1; 0 takes the one it had before, or a free one (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Option(
            names = "--xds-port",
            paramLabel = "PORT",
            defaultValue = "18000",
            description = "The gateway's port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int xdsPort;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "18001",
            description = "The port of /healthz, /readyz and /metrics; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Use this Kafka cluster instead of a broker of its own.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Client settings for that cluster, such as security, as a properties file.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "tailrace.",
            description = "What the topics' names begin with (default: ${DEFAULT-VALUE}).")
    private String topicPrefix = "tailrace.";

    @Mixin
    private final LostInputsOption lostInputs = new LostInputsOption();

    @Option(
            names = "--ready-file",
            paramLabel = "FILE",
            description = "Write the addresses as JSON to this file once all is ready.")
    private @Nullable Path readyFile;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        UpSettings settings = settings();
        try (Parts parts = Parts.closedOnSignal()) {
            if (readyFile != null) {
                Files.deleteIfExists(readyFile); // of a former run
            }
            say(err, "what Kafka itself says goes to " + KafkaLog.into(stateDir));
            RunningUp.Started started = parts.add(RunningUp.start(settings, line -> say(err, line)));
            tellReady(started.addresses(), err);
            throw new CommandFailedException(
                    ExitCode.FAILED, "up: " + started.up().ended().join());
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "up: " + Unreadable.why(e));
        }
    }

    private UpSettings settings() {
        return new UpSettings(
                stateDir,
                new UpSettings.Files(folders, allowEmpty),
                cluster(),
                new Topics(topicPrefix),
                new UpSettings.Ports(kafkaPort, xdsPort, httpPort),
                lostInputs.accepts());
    }

    private Optional<Map<String, Object>> cluster() {
        if (bootstrapServers == null) {
            return Optional.empty();
        }
        Map<String, Object> kafka = new HashMap<>(KafkaFile.read(kafkaConfig));
        kafka.put("bootstrap.servers", BootstrapServers.checked(bootstrapServers));
        return Optional.of(kafka);
    }

    private void tellReady(Addresses addresses, PrintWriter err) throws IOException {
        if (readyFile != null) {
            // In one step: who waits for the file never reads half of it.
            Path half = Files.writeString(Path.of(readyFile + ".part"), addresses.json());
            Files.move(half, readyFile, StandardCopyOption.REPLACE_EXISTING);
        }
        say(
                err,
                "ready: xDS on " + addresses.xds() + ", Kafka on " + addresses.kafka() + ", " + addresses.http()
                        + "/metrics");
        say(err, "next: tailrace envoy --group GROUP --xds " + addresses.xds());
    }

    private static void say(PrintWriter err, String line) {
        err.println("up: " + line);
        err.flush();
    }
}
