package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpIT {
    @TempDir
    private Path root;

    private Path files;
    private Path ready;

    @BeforeEach
    void writeFiles() throws IOException {
        files = Files.createDirectories(root.resolve("files"));
        ready = root.resolve("ready.json");
        Files.writeString(files.resolve("service.yaml"), """
            kind: Service
            metadata: {name: shop}
            spec: {ports: [{port: 80}]}
            """);
    }

    @Test
    void oneThatStartsAgainGoesOnWhereItWasAndASecondOneIsRefused() throws Exception {
        Map<TopicPartition, Long> published;
        String kafka;
        try (CommandProcess up = start()) {
            awaitReady(up);
            kafka = address("kafka");
            try (CommandProcess second = start()) {
                assertThat(second.exitCode()).isEqualTo(1);
                assertThat(second.output()).contains("is in use by another `tailrace up`");
                assertThat(second.output()).doesNotContain("\tat ");
            }
            published = config(kafka);
            assertThat(published.values().stream().mapToLong(Long::longValue).sum())
                    .isPositive();

            up.process().destroy();
            assertThat(up.exitCode()).isEqualTo(128 + 15);
        }
        Files.writeString(ready, "what a former run has left");

        try (CommandProcess again = start()) {
            awaitReady(again);

            assertThat(address("kafka")).isEqualTo(kafka);
            assertThat(config(kafka)).as("nothing is published twice").isEqualTo(published);
        }
    }

    @Test
    void healthReadinessAndMetricsAreServed() throws Exception {
        try (CommandProcess up = start()) {
            awaitReady(up);

            assertThat(up.output())
                    .contains("up: what Kafka itself says goes to ")
                    .doesNotContain("StreamsConfig");
            assertThat(root.resolve("state").resolve("kafka.log"))
                    .content()
                    .as("its clients complain at each start")
                    .contains("StreamsConfig");
            assertThat(get("/healthz")).isEqualTo("ok\n");
            assertThat(get("/readyz")).isEqualTo("ok\n");
            assertThat(get("/metrics"))
                    .contains(
                            "tailrace_gateway_streams",
                            "tailrace_gateway_event_to_ack_seconds_bucket",
                            "tailrace_translator_lag_records",
                            "tailrace_translator_translation_seconds_bucket",
                            "tailrace_connector_published_events_total",
                            "tailrace_inbox_lag_records");
        }
    }

    @Test
    void whatALostInputHadSaidGoesWhenUpIsToldToFollowTheNewOne() throws Exception {
        Path gateway = Files.writeString(root.resolve("gateway.yaml"), """
            kind: Gateway
            metadata: {name: lost}
            spec: {groups: [edge], listeners: [{name: http, port: 8080, protocol: HTTP}]}
            """);
        try (CommandProcess up = start()) {
            awaitReady(up);
            String kafka = address("kafka");
            CommandAnswer applied = new Commands(kafka).run("apply", "-f", gateway.toString(), "--timeout", "2m");
            assertThat(applied.exitCode()).as(applied.err()).isZero();
            assertThat(statuses(kafka)).anyMatch(key -> key.contains("Gateway"));
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
                admin.deleteTopics(List.of(Topics.DEFAULT.name(Topic.CONFIG)))
                        .all()
                        .get();
            }
            up.process().destroy();
            up.exitCode();
        }
        Files.delete(ready);

        try (CommandProcess again = start("--accept-lost-inputs")) {
            awaitReady(again);
            String kafka = address("kafka");

            await("what no file says is gone")
                    .atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(statuses(kafka))
                            .anyMatch(key -> key.contains("Service"))
                            .noneMatch(key -> key.contains("Gateway")));
        }
    }

    @Test
    void aRealClusterIsUsedInsteadOfAnEmbeddedBroker() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start();
                CommandProcess up = start("--bootstrap-servers", broker.bootstrapServers())) {
            awaitReady(up);

            assertThat(address("kafka")).isEqualTo(broker.bootstrapServers());
            assertThat(root.resolve("state").resolve("kafka")).doesNotExist();
            CommandAnswer got = new Commands(broker.bootstrapServers()).run("get", "service", "shop");
            assertThat(got.out()).contains("shop").contains("accepted");
        }
    }

    /** The keys of the objects that the translator says something of. */
    private static Set<String> statuses(String kafka) {
        Set<String> keys = new HashSet<>();
        LogReader.readTopicsToEnd(
                Map.of("bootstrap.servers", kafka),
                List.of(Topics.DEFAULT.name(Topic.STATUS)),
                record -> {
                    String key = new String(record.key(), UTF_8);
                    var _ = record.value() == null ? keys.remove(key) : keys.add(key);
                },
                progress -> {});
        return keys;
    }

    private CommandProcess start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "-f",
                files.toString(),
                "--state-dir",
                root.resolve("state").toString(),
                "--kafka-port",
                "0",
                "--xds-port",
                "0",
                "--http-port",
                "0",
                "--ready-file",
                ready.toString()));
        arguments.addAll(List.of(more));
        return CommandProcess.start(root, arguments.toArray(String[]::new));
    }

    private void awaitReady(CommandProcess up) throws IOException {
        await().atMost(Duration.ofMinutes(3))
                .until(() -> isReady() || !up.process().isAlive());
        assertThat(isReady()).as(up.output()).isTrue();
    }

    private boolean isReady() throws IOException {
        return Files.exists(ready) && Files.readString(ready).contains("kafka");
    }

    private String address(String name) throws IOException {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"").matcher(Files.readString(ready));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private String get(String page) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(address("http") + page)).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static Map<TopicPartition, Long> config(String kafka) {
        return LogReader.readTopicsToEnd(
                Map.of("bootstrap.servers", kafka),
                List.of(Topics.DEFAULT.name(Topic.CONFIG)),
                record -> {},
                progress -> {});
    }
}
