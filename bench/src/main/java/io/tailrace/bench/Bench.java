package io.tailrace.bench;

import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.process.Cores;
import io.tailrace.bench.process.Launch;
import io.tailrace.bench.trial.Lab;
import io.tailrace.bench.workload.Scale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tailrace bench}. */
@Command(
        name = "tailrace bench",
        description = {
            "Measure the gateway beside its peers.",
            "A server has one core and a process of fake clients another. Every client acks every response; a cell counts if"
                    + " in the end each client has what was published. The table goes to the standard output."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything counts",
            "1:something doesn't, or nothing could be measured",
            "2:the call is wrong"
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Bench implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--scenarios",
            split = ",",
            paramLabel = "NAME",
            converter = ScenarioName.class,
            description = "Which to measure, of those below (default: all).")
    private List<Scenario> scenarios = Scenario.all().toList();

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "How often all cells are measured, one after the other (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--streams", description = "Streams, where a scenario has one number of them (default: its own).")
    private int streams;

    @Option(
            names = "--streams-per-connection",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many share a connection (default: ${DEFAULT-VALUE}).")
    private int streamsPerConnection;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How long a cell is measured, after as long to warm up (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Also write bench.md, bench.json and bench.svg there, anew after each that was measured.")
    private @Nullable Path out;

    @Option(
            names = "--profile",
            description = "Record every server with Flight Recorder, into --out. Its cost is then part of the figures.")
    private boolean profile;

    private Bench() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "bench-logback.xml"); // Kafka's clients have much to say
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Bench()).setExecutionExceptionHandler(Bench::explain);
        List<String> footer = new ArrayList<>(List.of("", "Scenarios:"));
        Scenario.all().forEach(scenario -> footer.add("  " + scenario.id() + "  " + scenario.description()));
        footer.addAll(List.of("", "Example:", "  tailrace bench --scenarios a1 --rounds 3 --out bench-results"));
        command.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
        return command;
    }

    private static int explain(Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
        if (thrown instanceof BenchFailedException) {
            command.getErr().println("tailrace bench: " + thrown.getMessage());
        } else {
            thrown.printStackTrace(command.getErr());
        }
        return 1;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        atLeastOne("--rounds", rounds);
        atLeastOne("--streams", streams == 0 ? 1 : streams);
        atLeastOne("--streams-per-connection", streamsPerConnection);
        atLeastOne("--seconds", seconds);
        if (profile && out == null) {
            throw wrong("--profile needs --out, the folder for its recordings");
        }
        if (out != null) {
            Files.createDirectories(out);
        }
        Report report = measure();
        System.out.print(report.text());
        return report.failures().isEmpty() ? 0 : 1;
    }

    private Report measure() throws IOException, InterruptedException {
        Machine machine = Machine.here();
        System.err.println(machine.text());
        Lab lab = new Lab(
                new Launch(Cores.ofThisProcess(), profile ? out : null),
                new Scale(streams, streamsPerConnection),
                Duration.ofSeconds(seconds),
                System.err);
        Rounds.Kept kept = findings -> {
            if (out != null) {
                report(machine, findings).writeTo(out);
            }
        };
        return report(machine, new Rounds(lab, kept).run(scenarios, rounds));
    }

    private Report report(Machine machine, Findings findings) {
        return new Report(
                Instant.now(), machine, streamsPerConnection, findings.cells(), findings.trials(), findings.failures());
    }

    private void atLeastOne(String option, int value) {
        if (value < 1) {
            throw wrong(option + ": found " + value + ", expected 1 or more");
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
