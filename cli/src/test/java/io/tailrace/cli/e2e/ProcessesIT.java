package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.testing.KafkaBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sort of process, each in a JVM of its own, tells of its health and of what it does. */
class ProcessesIT {
    private static final Duration LIVE = Duration.ofMinutes(4);
    private static final Pattern ADDRESS = Pattern.compile("health and metrics on (http://\\S+)");

    @TempDir
    private Path folder;

    @Test
    void eachSortServesHealthReadinessAndItsMetrics() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("all.yaml"), """
            kind: Gateway
            metadata: {name: edge}
            spec: {groups: [edge], listeners: [{name: http, port: 8080, protocol: HTTP}]}
            ---
            kind: Service
            metadata: {name: one}
            spec: {ports: [{port: 80}]}
            ---
            kind: HTTPRoute
            metadata: {name: all}
            spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: one, port: 80}]}]}
            """);
        int xds = FreePort.next();
        try (KafkaBroker broker = KafkaBroker.start()) {
            String kafka = broker.bootstrapServers();
            assertThat(new Commands(kafka).run("topics", "create").exitCode()).isZero();
            try (CommandProcess gateway = start(kafka, "gateway", "--name", "g1", "--xds-port", Integer.toString(xds));
                    CommandProcess translator = start(
                            kafka,
                            "translator",
                            "--state-dir",
                            folder.resolve("state").toString());
                    CommandProcess fileSource = start(kafka, "connector", "file", "-f", files.toString());
                    CommandProcess inbox = start(kafka, "connector", "inbox")) {
                String ofGateway = address(gateway);
                assertThat(get(ofGateway, "/healthz").statusCode()).isEqualTo(200);
                awaitReady(translator);
                awaitReady(fileSource);
                awaitReady(inbox);
                awaitReady(gateway);

                AdsClient.Delta node = AdsClient.delta(xds, "node", "edge", Map.of());
                try (AdsClient client = node.client()) {
                    node.ask(XdsTypes.CLUSTER);
                    await().atMost(LIVE).until(() -> client.of(XdsTypes.CLUSTER).containsKey("default/one/80"));

                    awaitMetrics(
                            gateway,
                            "tailrace_gateway_streams\\S* 1\\.0",
                            "tailrace_gateway_pushes_total\\S*type=\"Cluster\"\\S* [1-9]",
                            "tailrace_gateway_acks_total\\S*type=\"Cluster\"\\S* [1-9]",
                            "tailrace_gateway_rejections_total\\S*type=\"Cluster\"\\S* 0\\.0",
                            "tailrace_gateway_view_age_seconds\\S* [0-9]",
                            "tailrace_gateway_event_to_ack_seconds_bucket\\S*le=\"\\S+ ");
                }
                awaitMetrics(
                        translator,
                        "tailrace_translator_lag_records\\S*lane=\"config\"\\S* 0\\.0",
                        "tailrace_translator_lag_records\\S*lane=\"endpoints\"\\S* 0\\.0",
                        "tailrace_translator_translation_seconds_count\\S* [1-9]");
                awaitMetrics(
                        fileSource,
                        "tailrace_connector_published_events_total\\S* 3\\.0",
                        "tailrace_connector_success_age_seconds\\S* [0-9]");
                awaitMetrics(
                        inbox,
                        "tailrace_inbox_lag_records\\S* [0-9]",
                        "tailrace_inbox_forwarded_events_total\\S* 0\\.0");
            }
        }
    }

    private CommandProcess start(String kafka, String... arguments) throws IOException {
        String[] all = Stream.concat(Arrays.stream(arguments), Stream.of("--bootstrap-servers", kafka))
                .toArray(String[]::new);
        return CommandProcess.start(folder, all);
    }

    private static String address(CommandProcess process) {
        await("it says where")
                .atMost(LIVE)
                .until(() -> ADDRESS.matcher(process.output()).find()
                        || !process.process().isAlive());
        Matcher address = ADDRESS.matcher(process.output());
        assertThat(address.find()).as(process.output()).isTrue();
        return address.group(1);
    }

    private static void awaitReady(CommandProcess process) {
        String address = address(process);
        await("it is ready")
                .atMost(LIVE)
                .until(() -> get(address, "/readyz").statusCode() == 200
                        || !process.process().isAlive());
        assertThat(process.process().isAlive()).as(process.output()).isTrue();
        await("it says so").atMost(LIVE).until(() -> process.output().contains(": ready"));
    }

    private static void awaitMetrics(CommandProcess process, String... patterns) {
        String address = address(process);
        await().atMost(LIVE).untilAsserted(() -> {
            String metrics = get(address, "/metrics").body();
            for (String pattern : patterns) {
                assertThat(metrics).containsPattern("(?m)^" + pattern);
            }
        });
    }

    private static HttpResponse<String> get(String address, String page) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + page)).build(), BodyHandlers.ofString());
        }
    }
}
