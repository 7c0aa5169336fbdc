package io.tailrace.cli.faults;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import io.tailrace.cli.Tailrace;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.ManifestObject;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.publish.Publisher;
import io.tailrace.schemas.publish.PublisherConfig;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All objects that there should be, each said in one of two ways: by a file, which the connector finds, or by a program's own
 * publisher, one event in one transaction. And what they come to, translated from scratch by {@code tailrace translate}.
 */
final class Inputs implements AutoCloseable {
    static final String CONNECTOR = "file";
    private static final String PROGRAM = "program";

    private record Said(ObjectKey key, Message object, boolean byFile) {}

    private final SortedMap<String, Said> said = new TreeMap<>();
    private final Path files;
    private final Path whole;
    private final Publisher program;

    Inputs(Path root, Map<String, Object> kafka) throws IOException {
        this.files = Files.createDirectories(root.resolve("files"));
        this.whole = root.resolve("whole.yaml");
        this.program = new Publisher(PublisherConfig.ofSource(kafka, Topics.DEFAULT, PROGRAM));
    }

    Path folder() {
        return files;
    }

    /** The object is in a file of its own. */
    void file(String yaml) throws IOException {
        Said now = said(yaml, CONNECTOR, true);
        Path half = Files.writeString(files.resolve("." + fileName(now.key) + ".part"), Manifests.toYaml(now.object));
        Files.move(half, files.resolve(fileName(now.key)), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The object is published; returns when it is on the log, however long that takes. */
    void publish(String yaml) {
        Said now = said(yaml, PROGRAM, false);
        untilDone(program.change(now.object));
    }

    boolean has(String kind, String name) {
        return said.containsKey(kind + "/" + name);
    }

    void remove(String kind, String name) throws IOException {
        Said gone = Objects.requireNonNull(said.remove(kind + "/" + name));
        if (gone.byFile) {
            Files.delete(files.resolve(fileName(gone.key)));
        } else {
            untilDone(program.deletion(gone.key));
        }
    }

    /** What a group's Envoys must have. */
    EnvoyState translated(String group) throws IOException {
        Files.writeString(
                whole,
                said.values().stream().map(one -> Manifests.toYaml(one.object)).collect(Collectors.joining("---\n")));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Tailrace.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("translate", "-f", whole.toString(), "--group", group, "-o", "json");
        if (out.toString().isEmpty()) {
            throw new AssertionError(err.toString());
        }
        return EnvoyState.translated((JsonObject) JsonParser.parseString(out.toString()));
    }

    @Override
    public void close() {
        program.close();
    }

    private Said said(String yaml, String source, boolean byFile) {
        var parsed = Manifests.parse("test.yaml", yaml, source);
        if (!parsed.problems().isEmpty()) {
            throw new AssertionError(parsed.problems().toString());
        }
        ManifestObject object = parsed.objects().getFirst();
        Said now = new Said(object.key(), object.object(), byFile);
        said.put(object.key().kind().id() + "/" + object.key().name(), now);
        return now;
    }

    private void untilDone(ChangeEvent event) {
        while (true) {
            try {
                program.publish(List.of(event));
                return;
            } catch (PublishFailedException | KafkaUnreachableException e) {
                // It may be on the log or not: said twice it is the same.
            }
        }
    }

    private static String fileName(ObjectKey key) {
        return key.kind().id() + "-" + key.name() + ".yaml";
    }
}
