package io.tailrace.cli.fleet;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaOptions;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.Rows;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
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

/** {@code tailrace status}. */
@Command(
        name = "status",
        description = {
            "Show the gateways and the Envoys at them: what each runs, who is behind, and what is rejected.",
            "REVISION is the newest that an Envoy has acked, or that a gateway has read; ACKED is what all Envoys of a"
                    + " gateway have acked, but for those that are behind."
        },
        footer = {"", "Examples:", "  tailrace status", "  tailrace status --node edge-1 -o yaml"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown", "1:Kafka can't be reached", "2:there is no such node, or the call is wrong"},
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    private static final long WATCH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--node", paramLabel = "ID", description = "All that is known of this node.")
    private @Nullable String node;

    @Option(
            names = {"-g", "--group"},
            description = "Only the nodes of this group (default: all).")
    private @Nullable String group;

    @Option(names = "--mesh", defaultValue = "default", description = "The mesh (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(names = "--watch", description = "Show it again whenever it changes, until it is told to stop.")
    private boolean watch;

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws InterruptedException {
        int partition = MeshPartition.of(mesh, kafka);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        try (FleetWatch fleet = FleetWatch.whole(kafka.kafka(), kafka.topics())) {
            String shown = "";
            do {
                String text =
                        fleet.look((known, logNowMs) -> text(new FleetTable(known, now(logNowMs), mesh, partition)));
                if (!text.equals(shown)) {
                    out.println((watch && isTerminal() ? CLEAR : "") + text);
                    out.flush();
                    shown = text;
                }
                if (watch) {
                    fleet.awaitNews(WATCH_NANOS);
                }
            } while (watch);
        }
        return ExitCode.OK;
    }

    /** Where all gateways are gone the log's time stands still. */
    private static long now(long logNowMs) {
        return Math.max(logNowMs, System.currentTimeMillis());
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private String text(FleetTable table) {
        if (node != null) {
            Rows rows = table.node(node);
            if (rows.isEmpty() && !watch) {
                throw new CommandFailedException(
                        ExitCode.INVALID, "--node: found \"" + node + "\", expected one of " + table.names());
            }
            return output.format() == OutputOptions.Format.TABLE ? table.nodeText(node) : output.render(rows);
        }
        Map<String, Rows> parts = new LinkedHashMap<>();
        parts.put("gateways", table.gateways());
        parts.put("nodes", table.nodes(group));
        return output.render(parts);
    }
}
