package io.tailrace.connectors.testing;

import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A real Apicurio Registry as a process of its own, on a free port of loopback, which keeps its schemas in Kafka, as the one of
 * docker-compose.yml does. Maven unpacks it before the integration tests; takes some 10 s of CPU to start and 300 MB.
 */
public final class Apicurio implements AutoCloseable {
    private static final Path JAR = Path.of("target", "apicurio", "quarkus-run.jar");
    private static final String API = "/apis/ccompat/v7";

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;

    private Apicurio(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.url = "http://127.0.0.1:" + port;
    }

    /** Returns when it answers. Its log goes to {@code folder}. */
    public static Apicurio start(Path folder, String bootstrapServers) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException(JAR.toAbsolutePath() + " is missing; `./mvnw -pl connectors -am pre-integration-test`"
                    + " unpacks it");
        }
        int port = FreePort.next();
        Path log = folder.resolve("apicurio.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        JAR.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "APICURIO_STORAGE_KIND", "kafkasql",
                        "APICURIO_KAFKASQL_BOOTSTRAP_SERVERS", bootstrapServers,
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "QUARKUS_MANAGEMENT_HOST", "127.0.0.1",
                        "QUARKUS_MANAGEMENT_PORT", "0"));
        Apicurio apicurio = new Apicurio(builder.start(), log, port);
        try {
            await("Apicurio Registry").atMost(Duration.ofMinutes(5)).until(apicurio::answers);
        } catch (RuntimeException e) {
            apicurio.close();
            throw e;
        }
        return apicurio;
    }

    /** The base of Confluent's API. */
    public String url() {
        return url + API;
    }

    /** Sends to Confluent's API; throws if the answer isn't 2xx. */
    public String call(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean answers() throws InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("Apicurio Registry has ended: see " + log);
        }
        try {
            return call("GET", "/subjects", "").startsWith("[");
        } catch (IOException e) {
            return false;
        }
    }
}
