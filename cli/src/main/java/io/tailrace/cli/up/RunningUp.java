package io.tailrace.cli.up;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tailrace.cli.broker.EmbeddedBroker;
import io.tailrace.cli.http.StatusServer;
import io.tailrace.cli.process.Parts;
import io.tailrace.cli.process.Readiness;
import io.tailrace.connectors.core.Connector;
import io.tailrace.connectors.core.ConnectorSettings;
import io.tailrace.connectors.core.Exit;
import io.tailrace.connectors.file.FileSource;
import io.tailrace.connectors.file.FileSourceSettings;
import io.tailrace.connectors.inbox.InboxConnector;
import io.tailrace.connectors.inbox.InboxSettings;
import io.tailrace.gateway.GatewayProcess;
import io.tailrace.gateway.GatewaySettings;
import io.tailrace.schemas.process.Health;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.translator.TranslatorProcess;
import io.tailrace.translator.streams.TranslatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Broker, translator, gateway, inbox and file connector in this JVM, wired as they are between machines: by topics. */
public final class RunningUp implements AutoCloseable {
    private static final int INBOX_BATCH = 1000;

    private final UpSettings settings;
    private final Consumer<String> progress;
    private final Parts parts = new Parts();
    private final List<Health> health = new ArrayList<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private Map<String, Object> kafka = Map.of();

    private RunningUp(UpSettings settings, Consumer<String> progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** An {@code up} and where it is reached. */
    public record Started(RunningUp up, Addresses addresses) implements AutoCloseable {
        @Override
        public void close() {
            up.close();
        }
    }

    /**
     * Starts all and returns when all is ready.
     *
     * @param progress gets what it is at, a line each
     * @throws IOException if a port or the state folder can't be used
     */
    public static Started start(UpSettings settings, Consumer<String> progress)
            throws IOException, InterruptedException {
        RunningUp up = new RunningUp(settings, progress);
        boolean started = false;
        try {
            Addresses addresses = up.startAll();
            started = true;
            return new Started(up, addresses);
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            if (!started) {
                up.close();
            }
        }
    }

    public Health health() {
        return Health.all(health);
    }

    /** Completes with the reason when a part has ended for good, so that the whole should. */
    public CompletableFuture<String> ended() {
        return ended.copy();
    }

    /** Starts one more gateway, on a free port; returns the port when it serves. */
    public int addGateway(String name) throws InterruptedException {
        GatewayProcess gateway = startGateway(name, 0);
        Readiness.await(gateway, ended, reason -> progress.accept("waiting: " + reason));
        return gateway.port();
    }

    @Override
    public void close() {
        parts.close();
    }

    private Addresses startAll() throws IOException, InterruptedException {
        StateFolder state = parts.add(StateFolder.take(settings.stateDir()));
        kafka = startKafka(state);
        createTopics();
        startTranslator(state.streams());
        GatewayProcess gateway = startGateway("up", settings.ports().xds());
        startInbox();
        if (!settings.files().folders().isEmpty()) {
            startFiles();
        }
        StatusServer http = parts.add(StatusServer.start(
                InetAddress.getLoopbackAddress(), settings.ports().http(), health(), metrics));
        if (!Readiness.await(health(), ended, reason -> progress.accept("waiting: " + reason))) {
            throw new IOException(ended.join());
        }
        return new Addresses(
                String.valueOf(kafka.get("bootstrap.servers")),
                "127.0.0.1:" + gateway.port(),
                "http://127.0.0.1:" + http.port());
    }

    private Map<String, Object> startKafka(StateFolder state) throws IOException {
        if (settings.kafka().isPresent()) {
            return settings.kafka().get();
        }
        progress.accept("starting Kafka");
        int port = settings.ports().kafka() == 0
                ? state.lastKafkaPort()
                : settings.ports().kafka();
        EmbeddedBroker broker = parts.add(EmbeddedBroker.start(state.kafka(), port));
        state.rememberKafkaPort(broker.port());
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private void createTopics() {
        try (Admin admin = Admin.create(kafka)) {
            new TopicAdmin(admin, settings.topics()).create(PartitionCounts.EMBEDDED);
        }
    }

    private void startTranslator(Path streams) {
        TranslatorSettings own = settings.kafka().isPresent()
                ? TranslatorSettings.clustered(kafka, settings.topics(), streams, null)
                : TranslatorSettings.embedded(kafka, settings.topics(), streams);
        TranslatorProcess translator = parts.add(
                TranslatorProcess.start(settings.acceptsLostInputs() ? own.acceptingLostInputs() : own, metrics));
        health.add(translator.health());
    }

    private GatewayProcess startGateway(String name, int port) {
        GatewayProcess gateway = parts.add(
                GatewayProcess.start(GatewaySettings.of(name, kafka, settings.topics(), "127.0.0.1", port), metrics));
        health.add(gateway.health());
        return gateway;
    }

    private void startInbox() {
        InboxConnector inbox = parts.add(new InboxConnector(
                new InboxSettings(kafka, settings.topics(), UUID.randomUUID().toString(), INBOX_BATCH), metrics));
        inbox.start();
        health.add(inbox);
    }

    private void startFiles() throws IOException {
        FileSource source =
                new FileSource(FileSourceSettings.of("file", settings.files().folders()));
        Connector connector = parts.add(new Connector(
                source,
                new ConnectorSettings(
                        kafka,
                        settings.topics(),
                        System.getProperty("user.name", ""),
                        settings.files().mayBeEmpty()),
                InstantSource.system(),
                metrics));
        var _ = connector.exit().thenAccept(exit -> {
            if (!(exit instanceof Exit.Closed)) {
                ended.complete("the file connector has ended: " + exit);
            }
        });
        connector.start();
        health.add(connector);
    }
}
