package io.tailrace.cli.fleet;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.DurationOption;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.topics.Cluster;
import io.tailrace.cli.topics.NamedOffsets;
import io.tailrace.schemas.bytes.LogPosition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tailrace wait}. */
@Command(
        name = "wait",
        description = {
            "Wait until every connected Envoy that it concerns has acked a revision, or a position of the log.",
            "At the limit it names those that have not, and what they reject. An Envoy that leaves meanwhile counts no"
                    + " more, and is named; a gateway counts no more once it was silent for 10 s."
        },
        footer = {"", "Examples:", "  tailrace wait 877 --group edge", "  tailrace wait c877.e3-10452 --timeout 2m"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all have acked it",
            "1:Kafka can't be reached",
            "2:the call is wrong",
            "4:some have not acked it in time",
            "5:some have not, and some of these reject something"
        },
        mixinStandardHelpOptions = true)
public final class WaitCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "REVISION|POSITION",
            description =
                    "A revision (877), the position of an endpoint (e3-10452), or several (c877.s3.e3-10452,e5-17).")
    private String text = "";

    @Option(
            names = {"-g", "--group"},
            description = "Only the Envoys of this group (default: all of the mesh).")
    private @Nullable String group;

    @Option(names = "--mesh", defaultValue = "default", description = "The mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private String timeout = "30s";

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        LogPosition position = position();
        Duration limit = DurationOption.parse("--timeout", timeout);
        int partition = MeshPartition.of(mesh, kafka);
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        notYet(position).forEach(command.getErr()::println);
        command.getErr().flush();
        try (AckWait wait = AckWait.open(kafka.kafka(), kafka.topics())) {
            AckReport report = wait.on(mesh, group, position, partition).await(limit, command.getErr()::println);
            report.print(Map.of(), output, command.getOut(), command.getErr());
            return report.exitCode();
        }
    }

    private List<String> notYet(LogPosition position) {
        return Cluster.ask(kafka, admin -> {
            NamedOffsets named = NamedOffsets.of(
                    position, mesh, kafka.topics(), admin.partitionCounts(NamedOffsets.topics(position)));
            return named.notYet(admin.endOffsets(named.offsets().keySet()));
        });
    }

    private LogPosition position() {
        try {
            return LogPosition.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "REVISION|POSITION: found \"" + text
                            + "\", expected a revision like 877 or a position like c877.s3.e3-10452,e5-17");
        }
    }
}
