package io.tailrace.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
        footer = "%nIn a checkout, `./tailrace test` builds everything and runs all checks.")
public final class Tailrace implements Runnable {
    @Spec
    private CommandSpec spec;

    private Tailrace() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command, ready to be executed or, by tests and documentation, to be read. */
    static CommandLine commandLine() {
        return new CommandLine(new Tailrace());
    }

    /** A call without a subcommand is a mistake: it prints the usage to the error stream and exits with 2. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "tailrace: a command is missing");
    }
}
