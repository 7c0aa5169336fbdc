package io.tailrace.cli.process;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.http.StatusServer;
import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.process.Health;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a process tells of itself, and how it lives until it is told to stop. */
final class StatusOptions {
    @Option(
            names = "--http-address",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "The address of /healthz, /readyz and /metrics (default: ${DEFAULT-VALUE}).")
    private String address = "127.0.0.1";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Their port; 0 takes a free one and says which (default: ${DEFAULT-VALUE}).")
    private int port;

    /** Serves health and metrics, says when the process is ready, and returns only by the failure that ended it. */
    int serveUntilEnded(
            Parts parts,
            @Nullable CommandSpec spec,
            Health health,
            PrometheusMeterRegistry metrics,
            CompletableFuture<String> ended)
            throws InterruptedException {
        CommandSpec command = Objects.requireNonNull(spec);
        PrintWriter err = command.commandLine().getErr();
        try {
            StatusServer server = parts.add(StatusServer.start(InetAddress.getByName(address), port, health, metrics));
            say(err, command.name() + ": health and metrics on http://" + address + ":" + server.port());
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, command.name() + ": " + e.getMessage());
        }
        if (Readiness.await(health, ended, reason -> say(err, command.name() + ": waiting: " + reason))) {
            say(err, command.name() + ": ready");
        }
        throw new CommandFailedException(ExitCode.FAILED, command.name() + ": " + reason(ended));
    }

    private static String reason(CompletableFuture<String> ended) throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        }
    }

    private static void say(PrintWriter err, String line) {
        err.println(line);
        err.flush();
    }
}
