package io.tailrace.cli.envoy;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tailrace envoy}. */
@Command(
        name = "envoy",
        description = {
            "Run an Envoy of a proxy group.",
            "It is the one of --envoy or $TAILRACE_ENVOY, else the one on PATH, else one is installed."
        },
        footer = {"", "Example:", "  tailrace envoy --group edge --admin-port 9901"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "1:there is no Envoy to run",
            "2:the call is wrong",
            "130:it was stopped by Ctrl-C",
            "143:by SIGTERM",
            "n:Envoy's own"
        },
        mixinStandardHelpOptions = true)
public final class EnvoyCommand implements Callable<Integer> {
    @Mixin
    private final BootstrapOptions options = new BootstrapOptions();

    @Option(names = "--envoy", paramLabel = "FILE", description = "The Envoy to run.")
    private @Nullable Path envoy;

    @Parameters(paramLabel = "-- ARG", description = "Further arguments for Envoy.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws InterruptedException {
        Path binary = EnvoyBinary.find(envoy);
        try {
            Path folder = Files.createTempDirectory("tailrace-envoy");
            Process process = new ProcessBuilder(EnvoyProcess.command(binary, options.spec(), folder, arguments))
                    .inheritIO()
                    .start();
            // Ctrl-C reaches Envoy by the terminal, SIGTERM does not.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(process::destroy));
            return process.waitFor();
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "envoy: " + e.getMessage());
        }
    }
}
