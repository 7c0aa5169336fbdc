package io.tailrace.cli.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Envoy to run: the one that was named, else the one of {@code TAILRACE_ENVOY}, else the one on PATH, else the
 * launcher installs one, since it does so for the tests as well.
 */
public final class EnvoyBinary {
    private EnvoyBinary() {}

    /** Throws CommandFailedException that says what to do if there is none. */
    public static Path find(@Nullable Path named) throws InterruptedException {
        if (named != null) {
            return executable(named, "--envoy");
        }
        String fromEnvironment = System.getenv("TAILRACE_ENVOY");
        if (fromEnvironment != null) {
            return executable(Path.of(fromEnvironment), "TAILRACE_ENVOY");
        }
        Optional<Path> onPath = onPath();
        return onPath.isPresent() ? onPath.get() : install();
    }

    private static Path executable(Path file, String from) {
        if (!Files.isExecutable(file)) {
            throw new CommandFailedException(
                    ExitCode.INVALID, from + ": found " + file + ", expected a file that can be run");
        }
        return file;
    }

    private static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(folder, "envoy");
            if (!folder.isEmpty() && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Path install() throws InterruptedException {
        String launcher = System.getenv("TAILRACE_LAUNCHER");
        if (launcher == null) {
            throw new CommandFailedException(
                    ExitCode.INVALID,
                    "no Envoy was found on PATH: name one with --envoy, or call ./tailrace, which installs one");
        }
        try {
            Process process = new ProcessBuilder(launcher, "envoy-path")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() == 0) {
                return Path.of(output);
            }
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, "Envoy can't be installed: " + e.getMessage());
        }
        throw new CommandFailedException(ExitCode.FAILED, "Envoy can't be installed; name one with --envoy");
    }
}
