package io.tailrace.schemas.testing;

import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker in the test's JVM: KRaft, its own controller, on a free port of loopback and in a folder of its
 * own. It can be stopped and started again on the same port with what it had.
 */
public final class KafkaBroker implements AutoCloseable {
    private static final int NODE_ID = 1;

    private final Path folder;
    private final int port;
    private final int controllerPort;
    private final Map<String, String> overrides;
    private @Nullable KafkaRaftServer server;

    private KafkaBroker(Path folder, Map<String, String> overrides) {
        this.folder = folder;
        this.overrides = Map.copyOf(overrides);
        this.port = FreePort.next();
        this.controllerPort = FreePort.next();
    }

    /** Starts a broker with the settings that our own broker has; returns when it takes requests. */
    public static KafkaBroker start() {
        return start(Map.of());
    }

    /** As {@link #start()}, with broker settings on top. */
    public static KafkaBroker start(Map<String, String> overrides) {
        try {
            KafkaBroker broker = new KafkaBroker(Files.createTempDirectory("kafka"), overrides);
            broker.format();
            broker.restart();
            return broker;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A broker that has all topics, in the partition counts of {@code tailrace up}. */
    public static KafkaBroker startWithTopics() {
        KafkaBroker broker = start();
        try (Admin admin = broker.admin()) {
            new TopicAdmin(admin, Topics.DEFAULT).create(PartitionCounts.EMBEDDED);
        }
        return broker;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** What a client needs to find it. */
    public Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    public Admin admin() {
        return Admin.create(kafka());
    }

    /** Stops it; its folder and its port stay its own. */
    public void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
            server = null;
        }
    }

    /** Starts it again after {@link #stop()}. */
    public void restart() {
        KafkaRaftServer fresh = new KafkaRaftServer(new KafkaConfig(settings(), false), Time.SYSTEM);
        fresh.startup();
        server = fresh;
    }

    @Override
    public void close() {
        stop();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
                    .setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(NODE_ID)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setControllerListenerName("CONTROLLER")
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (Exception e) {
            throw new IOException("can't format " + folder + " for Kafka", e);
        }
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", false);
        settings.put("offsets.topic.replication.factor", (short) 1);
        settings.put("offsets.topic.num.partitions", 4);
        settings.put("transaction.state.log.replication.factor", (short) 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", 4);
        settings.put("share.coordinator.state.topic.replication.factor", (short) 1);
        settings.put("share.coordinator.state.topic.min.isr", (short) 1);
        settings.put("group.initial.rebalance.delay.ms", 0);
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1000);
        settings.put("message.max.bytes", 9 << 20);
        settings.put("replica.fetch.max.bytes", 9 << 20);
        // The controller takes a broker's next run for a second broker until the session of the last one is over (9 s).
        settings.put("broker.session.timeout.ms", 3000);
        settings.put("broker.heartbeat.interval.ms", 500);
        settings.put("log.cleaner.dedupe.buffer.size", 16L << 20);
        settings.putAll(overrides);
        return settings;
    }
}
