package io.tailrace.cli;

import io.tailrace.cli.demo.DemoCommand;
import io.tailrace.cli.envoy.BootstrapCommand;
import io.tailrace.cli.envoy.EnvoyCommand;
import io.tailrace.cli.fleet.StatusCommand;
import io.tailrace.cli.fleet.WaitCommand;
import io.tailrace.cli.objects.ApplyCommand;
import io.tailrace.cli.objects.DeleteCommand;
import io.tailrace.cli.objects.GetCommand;
import io.tailrace.cli.objects.TranslateCommand;
import io.tailrace.cli.objects.ValidateCommand;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.cli.options.KafkaFaults;
import io.tailrace.cli.past.DiffCommand;
import io.tailrace.cli.past.HistoryCommand;
import io.tailrace.cli.past.RollbackCommand;
import io.tailrace.cli.past.WhyCommand;
import io.tailrace.cli.process.ConnectorCommand;
import io.tailrace.cli.process.GatewayCommand;
import io.tailrace.cli.process.TranslatorCommand;
import io.tailrace.cli.topics.TopicsCommand;
import io.tailrace.cli.up.UpCommand;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The entry of the {@code tailrace} command. It only names the subcommands; each is a class of its own that parses its
 * options and calls what does the work.
 */
@Command(
        name = "tailrace",
        description = "An event-driven control plane for Envoy whose source of truth is Kafka's log.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            ApplyCommand.class,
            DeleteCommand.class,
            GetCommand.class,
            WaitCommand.class,
            StatusCommand.class,
            ValidateCommand.class,
            TranslateCommand.class,
            HistoryCommand.class,
            DiffCommand.class,
            WhyCommand.class,
            RollbackCommand.class,
            BootstrapCommand.class,
            EnvoyCommand.class,
            TopicsCommand.class,
            ConnectorCommand.class,
            TranslatorCommand.class,
            GatewayCommand.class
        })
public final class Tailrace implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    private Tailrace() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command, ready to be executed or, by tests and documentation, to be read. */
    public static CommandLine commandLine() {
        return new CommandLine(new Tailrace())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((mistake, _) -> WrongCall.explain(mistake))
                .setExecutionExceptionHandler(Tailrace::explain);
    }

    /** A call without a subcommand is a mistake: it prints the usage to the error stream and exits with 2. */
    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        command.getErr().println("tailrace: a command is missing");
        command.usage(command.getErr());
        return ExitCode.INVALID;
    }

    /** What a user can do something about is one line; anything else is a mistake of ours, and shows where. */
    private static int explain(Exception thrown, CommandLine command, ParseResult parsed) {
        Optional<CommandFailedException> known =
                thrown instanceof CommandFailedException failed ? Optional.of(failed) : KafkaFaults.ofSettings(thrown);
        if (known.isEmpty()) {
            thrown.printStackTrace(command.getErr());
            return ExitCode.FAILED;
        }
        command.getErr().println("tailrace: " + known.get().getMessage());
        return known.get().exitCode();
    }
}
