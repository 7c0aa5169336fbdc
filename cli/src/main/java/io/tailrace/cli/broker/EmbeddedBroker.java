package io.tailrace.cli.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker in KRaft mode, its own controller, on loopback and in this JVM. Its log lies in a folder, so that one
 * that starts there again goes on where it was. It has no replicas: for one machine, not for a cluster.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final int NODE_ID = 1;
    private static final String HOST = "127.0.0.1";
    private static final int COORDINATOR_SEGMENT_BYTES = 1 << 20;

    private final KafkaRaftServer server;
    private final int port;
    private final HangingTransactions hanging;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
        this.hanging = HangingTransactions.watch(bootstrapServers());
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param folder holds the log; formatted if it is new
     * @param port of the broker; 0 takes a free one
     * @throws IOException if the folder can't be used or the port is taken
     */
    public static EmbeddedBroker start(Path folder, int port) throws IOException {
        int brokerPort = freePort(port);
        Path log = folder.resolve("log");
        format(log);
        KafkaConfig config = new KafkaConfig(settings(log, brokerPort, freePort(0)), false);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        server.startup();
        return new EmbeddedBroker(server, brokerPort);
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        hanging.close();
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path log) throws IOException {
        if (Files.exists(log.resolve("meta.properties"))) {
            return;
        }
        Files.createDirectories(log);
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(NODE_ID)
                .setReleaseVersion(MetadataVersion.latestProduction())
                .setControllerListenerName("CONTROLLER")
                .setMetadataLogDirectory(log.toString())
                .addDirectory(log.toString());
        try {
            formatter.run();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("can't format " + log + " for Kafka: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> settings(Path log, int port, int controllerPort) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", NODE_ID);
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "PLAINTEXT://" + HOST + ":" + port + ",CONTROLLER://" + HOST + ":" + controllerPort);
        settings.put("log.dirs", log.toString());
        settings.put("auto.create.topics.enable", false);
        // With one broker the internal topics' default of three replicas could never be met.
        settings.put("offsets.topic.replication.factor", (short) 1);
        settings.put("offsets.topic.num.partitions", 4);
        settings.put("transaction.state.log.replication.factor", (short) 1);
        settings.put("transaction.state.log.min.isr", 1);
        settings.put("transaction.state.log.num.partitions", 4);
        // What coordinators read at a start: kept small, since only a segment that is full is compacted (100 MiB at the
        // default).
        settings.put("offsets.topic.segment.bytes", COORDINATOR_SEGMENT_BYTES);
        settings.put("transaction.state.log.segment.bytes", COORDINATOR_SEGMENT_BYTES);
        settings.put("share.coordinator.state.topic.replication.factor", (short) 1);
        settings.put("share.coordinator.state.topic.min.isr", (short) 1);
        settings.put("group.initial.rebalance.delay.ms", 0);
        // A transaction of a process that died holds readers back until it is aborted (10 s at the default).
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", 1000);
        settings.put("message.max.bytes", 9 << 20);
        settings.put("replica.fetch.max.bytes", 9 << 20);
        // The controller takes a broker's next run for a second broker until the session of the last one is over (9 s).
        settings.put("broker.session.timeout.ms", 3000);
        settings.put("broker.heartbeat.interval.ms", 500);
        settings.put("log.cleaner.dedupe.buffer.size", 16L << 20);
        return settings;
    }

    /** Binds for a moment, so that a port that is taken is found out before the broker's threads run. */
    private static int freePort(int wanted) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IOException("port " + wanted + " of " + HOST + " can't be used for Kafka: " + e.getMessage(), e);
        }
    }
}
