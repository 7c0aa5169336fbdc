package io.tailrace.translator.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.schemas.topic.Topics;
import io.tailrace.translator.TranslatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A translator in a JVM of its own, which can be killed and stopped like any process. */
final class TranslatorChild implements AutoCloseable {
    private final Process process;

    private TranslatorChild(Process process) {
        this.process = process;
    }

    /** Both lanes, as one of several translators on a cluster. Its log goes to a file in the folder. */
    static TranslatorChild start(String bootstrapServers, Topics topics, String instanceId, Path folder) {
        try {
            return new TranslatorChild(new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TranslatorChild.class.getName(),
                            bootstrapServers,
                            topics.prefix(),
                            instanceId,
                            folder.resolve(instanceId).toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve(instanceId + ".log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        TranslatorSettings settings = TranslatorSettings.clustered(
                Map.of("bootstrap.servers", arguments[0]),
                new Topics(arguments[1]),
                Path.of(arguments[3]),
                arguments[2]);
        try (TranslatorProcess _ = TranslatorProcess.start(settings, new SimpleMeterRegistry())) {
            new CountDownLatch(1).await();
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGSTOP: it does nothing until it is told to go on, and doesn't know of it. */
    void stop() {
        signal("-STOP");
    }

    /** SIGCONT. */
    void goOn() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            int result = new ProcessBuilder("kill", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (result != 0) {
                throw new IllegalStateException("kill " + name + " ended with " + result);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
