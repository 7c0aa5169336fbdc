package io.tailrace.cli.e2e;

import io.tailrace.gateway.testing.RecordedStreams;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code tailrace} command in a JVM of its own, as a user runs it. */
final class CommandProcess implements AutoCloseable {
    private final Process process;
    private final Path output;

    private CommandProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it; what it prints goes to a file in {@code folder}. */
    static CommandProcess start(Path folder, String... arguments) throws IOException {
        Path output = Files.createTempFile(folder, "command", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                // As the launcher starts short commands; none runs long enough here to gain from more.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tailrace.cli.Tailrace"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new CommandProcess(process, output);
    }

    /** Waits for its end, five minutes at most. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            throw new AssertionError("it has not ended: " + output());
        }
        return process.exitValue();
    }

    /** What it has printed so far, to both streams. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process process() {
        return process;
    }

    /** Kills it, if it still runs; fails if a stream of a gateway in it broke a rule of the protocol. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        RecordedStreams.verify(output());
    }
}
