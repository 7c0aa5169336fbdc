package io.tailrace.bench.pipeline;

import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** `tailrace translator`, on topics that are made for it. */
public final class Translator implements AutoCloseable {
    private final TailraceCommand command;

    private Translator(TailraceCommand command) {
        this.command = command;
    }

    /**
     * Returns when it is ready.
     *
     * @param folder for its state
     * @param prefix stands before the command, such as taskset; may be empty
     * @param jvm further options of its JVM
     */
    public static Translator start(Path folder, List<String> prefix, List<String> jvm, Map<String, Object> kafka)
            throws IOException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            new TopicAdmin(admin, Topics.DEFAULT).create(PartitionCounts.EMBEDDED);
        }
        TailraceCommand command = TailraceCommand.start(
                folder,
                prefix,
                jvm,
                List.of(
                        "translator",
                        "--bootstrap-servers=" + kafka.get("bootstrap.servers"),
                        "--state-dir=" + folder.resolve("translator"),
                        "--instance-id=bench"));
        try {
            command.await(Translator::saysThatItIsReady);
            return new Translator(command);
        } catch (InterruptedException | RuntimeException e) {
            command.close();
            throw e;
        }
    }

    private static boolean saysThatItIsReady(Path log) {
        try {
            return Files.readString(log).contains("translator: ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** User and system time so far. */
    public Duration cpu() {
        return command.cpu();
    }

    @Override
    public void close() {
        command.close();
    }
}
