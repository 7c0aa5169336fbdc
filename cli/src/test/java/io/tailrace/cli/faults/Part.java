package io.tailrace.cli.faults;

import static org.awaitility.Awaitility.await;

import io.tailrace.cli.Tailrace;
import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A part of the system as a JVM of its own, which can be killed and started again with the same arguments. What all its
 * runs print lies in one file.
 */
final class Part implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(4);
    /** What runs now, so that nothing outlives a test's JVM that is told to stop. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Path log;
    private final List<String> command;
    private final int httpPort = FreePort.next();
    private final HttpClient client = HttpClient.newHttpClient();
    private @Nullable Process process;

    /** Doesn't start it yet; {@code main} takes {@code --http-port} last. */
    Part(Path folder, String name, Class<?> main, List<String> arguments) {
        this.name = name;
        this.log = folder.resolve(name + ".log");
        this.command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                // As users see it, not as tests do.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        command.addAll(List.of("--http-port", Integer.toString(httpPort)));
    }

    /** A {@code tailrace} command. */
    static Part tailrace(Path folder, String name, String... arguments) {
        return new Part(folder, name, Tailrace.class, List.of(arguments));
    }

    Part start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " runs");
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start();
            RUNNING.add(started);
            var _ = started.onExit().thenAccept(RUNNING::remove);
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** As {@code kill -9} does; returns when it is gone. */
    void kill() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().onExit().join();
        }
    }

    void restart() {
        kill();
        start();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Waits for it to end by itself. */
    int exitCode() throws InterruptedException {
        Process running = process;
        if (running == null || !running.waitFor(READY_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(name + " has not ended: " + log());
        }
        return running.exitValue();
    }

    void awaitReady() {
        await(name + " is ready").atMost(READY_WITHIN).until(() -> notReady().isEmpty());
    }

    /** What {@code /readyz} says; empty: it is ready. */
    String notReady() {
        try {
            HttpResponse<String> answer = get("/readyz");
            return answer.statusCode() == 200 ? "" : answer.body();
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }

    /** What {@code /readyz} says in full. */
    String readiness() {
        try {
            return get("/readyz").body();
        } catch (IOException e) {
            return "no answer: " + e;
        }
    }

    /** The sum over the lines of {@code /metrics} whose name and labels the expression finds. */
    double metric(String regex) throws IOException {
        Matcher lines = Pattern.compile("(?m)^(" + regex + ") (\\S+)$")
                .matcher(get("/metrics").body());
        return lines.results()
                .mapToDouble(line -> Double.parseDouble(line.group(line.groupCount())))
                .sum();
    }

    /** All that it has printed in all its runs. */
    String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        kill();
        client.close();
    }

    private HttpResponse<String> get(String page) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + page))
                .timeout(Duration.ofSeconds(10))
                .build();
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
