package io.tailrace.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process that is asked by lines, and answers by lines. It ends when its input does. */
final class ChildProcess implements AutoCloseable {
    private final String name;
    private final Process process;
    private final Writer in;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = process.outputWriter();
    }

    /** What it writes to its error stream goes to ours. */
    static ChildProcess start(String name, List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        ChildProcess child = new ChildProcess(name, process);
        Thread.ofPlatform().daemon().name(name).start(() -> child.read(process.inputReader()));
        return child;
    }

    private void read(BufferedReader out) {
        try (out) {
            out.lines().forEach(line -> lines.add(Optional.of(line)));
        } catch (IOException | UncheckedIOException e) {
            // It was ended while it wrote.
        } finally {
            lines.add(Optional.empty());
        }
    }

    String ask(String question, Duration limit) throws IOException, InterruptedException {
        in.write(question + "\n");
        in.flush();
        return answer(limit);
    }

    String answer(Duration limit) throws InterruptedException {
        Optional<String> line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            throw new BenchFailedException(name + " gave no answer within " + limit.toSeconds() + " s");
        }
        return line.orElseThrow(() -> new BenchFailedException(name + " ended"));
    }

    /** As `kill -9` does; returns when it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
