package io.tailrace.bench.pipeline;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.tailrace.bench.process.Parts;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** `tailrace up` on free ports, with nothing on its log yet. */
public final class Up implements Parts.Part {
    private final TailraceCommand command;
    private final JsonObject addresses;

    private Up(TailraceCommand command, JsonObject addresses) {
        this.command = command;
        this.addresses = addresses;
    }

    /**
     * Returns when it is ready.
     *
     * @param folder for its state
     * @param prefix stands before the command, such as taskset; may be empty
     * @param jvm further options of its JVM
     */
    public static Up start(Path folder, List<String> prefix, List<String> jvm, Topics topics)
            throws IOException, InterruptedException {
        Path ready = folder.resolve("ready.json");
        TailraceCommand command = TailraceCommand.start(
                folder,
                prefix,
                jvm,
                List.of(
                        "up",
                        "--state-dir=" + folder.resolve("up"),
                        "--topic-prefix=" + topics.prefix(),
                        "--kafka-port=0",
                        "--xds-port=0",
                        "--http-port=0",
                        "--ready-file=" + ready));
        try {
            command.await(_ -> Files.exists(ready));
            return new Up(
                    command, JsonParser.parseString(Files.readString(ready)).getAsJsonObject());
        } catch (IOException | InterruptedException | RuntimeException e) {
            command.close();
            throw e;
        }
    }

    /** Settings for Kafka clients. */
    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", addresses.get("kafka").getAsString());
    }

    public int xdsPort() {
        String xds = addresses.get("xds").getAsString();
        return Integer.parseInt(xds.substring(xds.lastIndexOf(':') + 1));
    }

    /** User and system time so far. */
    public Duration cpu() {
        return command.cpu();
    }

    /** Bytes of its heap that live; it collects all garbage for it. */
    public long liveHeapBytes() throws IOException, InterruptedException {
        return command.liveHeapBytes();
    }

    public long peakRssBytes() throws IOException {
        return command.peakRssBytes();
    }

    @Override
    public void close() {
        command.close();
    }
}
