package io.tailrace.bench.pipeline;

import io.tailrace.bench.process.BenchFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A command of Tailrace that runs until it is stopped: by the launcher, as its user starts it. */
final class TailraceCommand implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final String name;
    private final Process process;
    private final Path log;

    private TailraceCommand(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // it hasn't our input to end with
    }

    /**
     * @param prefix stands before the command, such as taskset; may be empty
     * @param folder for what it says
     * @param jvm further options of its JVM
     */
    static TailraceCommand start(Path folder, List<String> prefix, List<String> jvm, List<String> arguments)
            throws IOException {
        String launcher = System.getenv("TAILRACE_LAUNCHER");
        if (launcher == null) {
            throw new BenchFailedException("this runs Tailrace's own commands: start bench by `./tailrace bench`");
        }
        List<String> command = new ArrayList<>(prefix);
        command.add(launcher);
        command.addAll(arguments);
        String name = "tailrace " + arguments.getFirst();
        Path log = folder.resolve(arguments.getFirst() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().put("TAILRACE_NO_BUILD", "1");
        builder.environment().put("TAILRACE_JAVA_OPTS", String.join(" ", jvm));
        return new TailraceCommand(name, builder.start(), log);
    }

    /** Returns when what it has said is as it should be. */
    void await(Predicate<Path> log) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!log.test(this.log)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new BenchFailedException(
                        name + (process.isAlive() ? " isn't ready" : " ended") + ": " + lastWords());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "it said nothing";
        }
    }

    long pid() {
        return process.pid();
    }

    /** User and system time so far. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The most bytes that were ever resident. */
    long peakRssBytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    /** Bytes of its heap that live; it collects all garbage for it. */
    long liveHeapBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process histogram = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.class_histogram")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String total = "";
        try (var lines = histogram.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                total = line.startsWith("Total") ? line : total;
            }
        }
        histogram.waitFor();
        if (total.isEmpty()) {
            throw new BenchFailedException("jcmd doesn't tell the heap of " + name);
        }
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
