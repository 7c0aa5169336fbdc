package io.tailrace.cli.past;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.output.OutputOptions;
import io.tailrace.cli.output.ProgressLine;
import io.tailrace.translator.past.Difference;
import io.tailrace.translator.past.LogState;
import io.tailrace.translator.past.Past;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tailrace diff}. */
@Command(
        name = "diff",
        description = {
            "Show what a group's Envoys got otherwise at two moments, and the events that made it.",
            "A resource a paragraph, with each field that is otherwise."
        },
        footer = {"", "Example:", "  tailrace diff --group edge --from 870 --to 877"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:shown, be there a difference or not", "1:Kafka can't be reached", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class DiffCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-g", "--group"},
            required = true,
            description = "The proxy group.")
    private String group = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "MOMENT",
            description = "The earlier one: " + Moment.FORMS + ".")
    private String from = "";

    @Option(names = "--to", paramLabel = "MOMENT", description = "The later one (default: now).")
    private @Nullable String to;

    @Mixin
    private final PastOptions past = new PastOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Override
    public Integer call() {
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        Instant now = Instant.now();
        List<Moment> moments = List.of(
                Moment.parse("--from", from, now), to == null ? new Moment.Now() : Moment.parse("--to", to, now));
        List<LogState> states = past.read(err, log -> log.at(moments));
        requireGroup(states);
        ProgressLine progress = new ProgressLine(err);
        List<Difference.Changed> changed = Difference.between(
                states.getFirst(), states.getLast(), group, done -> progress.report("comparing", done));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        DifferenceText text = new DifferenceText(changed);
        out.println(output.format() == OutputOptions.Format.TABLE ? text.text() : output.render(text.rows()));
        return ExitCode.OK;
    }

    private void requireGroup(List<LogState> states) {
        SortedSet<String> groups = new TreeSet<>();
        states.forEach(state -> groups.addAll(new Past(state).groups()));
        if (!groups.contains(group)) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "--group: found \"" + group + "\", expected one of " + new ArrayList<>(groups) + " then");
        }
    }
}
