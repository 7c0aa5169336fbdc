package io.tailrace.cli.envoy;

import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code bootstrap} and {@code envoy} need to know of a node. */
public final class BootstrapOptions {
    @Option(
            names = {"-g", "--group"},
            required = true,
            description = "The proxy group that the Envoy belongs to; becomes node.cluster.")
    private String group = "";

    @Option(
            names = "--node-id",
            paramLabel = "ID",
            description = "The Envoy's name in the mesh (default: the group's name, '-', and the process id).")
    private @Nullable String nodeId;

    @Option(
            names = "--xds",
            paramLabel = "HOST:PORT,...",
            split = ",",
            defaultValue = "127.0.0.1:18000",
            description = "The gateways; Envoy takes turns (default: ${DEFAULT-VALUE}).")
    private List<String> xds = List.of();

    @Option(
            names = "--mesh",
            defaultValue = "default",
            description = "The mesh that the Envoy belongs to (default: ${DEFAULT-VALUE}).")
    private String mesh = "default";

    @Option(
            names = "--variant",
            defaultValue = "delta",
            description = "How xDS is spoken: delta, or sotw for state of the world (default: ${DEFAULT-VALUE}).")
    private Variant variant = Variant.DELTA;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "The port of Envoy's admin interface on 127.0.0.1; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    /** Throws CommandFailedException that names the option that is wrong. */
    public BootstrapSpec spec() {
        String id = nodeId == null ? group + "-" + ProcessHandle.current().pid() : nodeId;
        return new BootstrapSpec(
                group, id, mesh, xds.stream().map(BootstrapOptions::address).toList(), variant, adminPort);
    }

    private static HostAndPort address(String text) {
        try {
            return HostAndPort.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(ExitCode.INVALID, "--xds: " + e.getMessage());
        }
    }
}
