package io.tailrace.cli.process;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailrace connector}: names its subcommands. */
@Command(
        name = "connector",
        description = "Run a connector, which publishes what a source says.",
        footer = {"", "Example:", "  tailrace connector file --name site -f config/"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"2:a subcommand is missing"},
        mixinStandardHelpOptions = true,
        subcommands = {FileConnectorCommand.class, InboxConnectorCommand.class})
public final class ConnectorCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "file or inbox is missing");
    }
}
