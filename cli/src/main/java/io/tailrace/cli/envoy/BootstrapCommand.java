package io.tailrace.cli.envoy;

import io.tailrace.cli.options.ExitCode;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tailrace bootstrap}. */
@Command(
        name = "bootstrap",
        description = "Print the bootstrap of an Envoy that takes all its configuration from the gateways.",
        footer = {
            "",
            "Example:",
            "  tailrace bootstrap --group edge --node-id edge-1 --xds 10.0.0.5:18000,10.0.0.6:18000 > envoy.json"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:the call is wrong"},
        mixinStandardHelpOptions = true)
public final class BootstrapCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final BootstrapOptions options = new BootstrapOptions();

    @Override
    public Integer call() {
        Objects.requireNonNull(spec).commandLine().getOut().println(EnvoyProcess.json(options.spec()));
        return ExitCode.OK;
    }
}
