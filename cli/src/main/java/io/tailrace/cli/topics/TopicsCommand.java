package io.tailrace.cli.topics;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tailrace topics}: names its subcommands. */
@Command(
        name = "topics",
        description = "Make the topics on a cluster, list them, or check them.",
        footer = {"", "Example:", "  tailrace topics check --bootstrap-servers kafka:9092"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"2:a subcommand is missing"},
        mixinStandardHelpOptions = true,
        subcommands = {CreateTopicsCommand.class, ListTopicsCommand.class, CheckTopicsCommand.class})
public final class TopicsCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "create, list or check is missing");
    }
}
