package io.tailrace.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.EnvoyBinary;
import io.tailrace.cli.envoy.EnvoyProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A real Envoy that takes its configuration from gateways, and what its admin interface says. */
public final class EnvoyNode implements AutoCloseable {
    private static final Pattern STAT = Pattern.compile("(\\S+): (\\d+)");

    private final EnvoyProcess envoy;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String admin;

    private EnvoyNode(EnvoyProcess envoy) {
        this.envoy = envoy;
        this.admin = await("Envoy's admin address")
                .atMost(Duration.ofMinutes(2))
                .until(() -> adminAddress(envoy), address -> !address.isEmpty());
    }

    /** {@code further} are Envoy's own options. */
    public static EnvoyNode start(BootstrapSpec spec, Path folder, String... further) {
        try {
            return new EnvoyNode(EnvoyProcess.start(EnvoyBinary.find(null), spec, folder, List.of(further)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A page of the admin interface: {@code /config_dump}, say. */
    public String admin(String page) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + admin + page)).build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Counters and gauges whose name the expression finds. */
    public SortedMap<String, Long> stats(String regex) {
        SortedMap<String, Long> stats = new TreeMap<>();
        STAT.matcher(admin("/stats?filter=" + URLEncoder.encode(regex, UTF_8)))
                .results()
                .forEach(match -> stats.put(match.group(1), Long.valueOf(match.group(2))));
        return stats;
    }

    /** The sum of {@link #stats}. */
    public long sum(String regex) {
        return stats(regex).values().stream().mapToLong(Long::longValue).sum();
    }

    public Process process() {
        return envoy.process();
    }

    public String log() {
        try {
            return Files.readString(envoy.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        envoy.close();
    }

    private static String adminAddress(EnvoyProcess envoy) throws IOException {
        Path file = envoy.adminAddressFile();
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }
}
