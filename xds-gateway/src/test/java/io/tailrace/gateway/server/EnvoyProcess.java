package io.tailrace.gateway.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Envoy that a test starts, with one ADS stream to a gateway on this machine. */
final class EnvoyProcess implements AutoCloseable {
    private final Process process;
    private final Path admin;
    private final HttpClient http = HttpClient.newHttpClient();

    private EnvoyProcess(Process process, Path admin) {
        this.process = process;
        this.admin = admin;
    }

    /** The variable TAILRACE_ENVOY, else the PATH. A test without an Envoy shows nothing, so it fails. */
    private static Path binary() {
        Stream<String> onPath = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(":", -1))
                .map(folder -> folder + "/envoy");
        return Stream.concat(Stream.ofNullable(System.getenv("TAILRACE_ENVOY")), onPath)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "no Envoy: set TAILRACE_ENVOY to one (./tailrace envoy-path prints where it is)"));
    }

    static EnvoyProcess start(Path folder, String apiType, int xdsPort) throws IOException {
        Path admin = folder.resolve("admin");
        String bootstrap = BOOTSTRAP
                .replace("%ADMIN%", admin.toString())
                .replace("%API_TYPE%", apiType)
                .replace("%PORT%", Integer.toString(xdsPort));
        Path file = Files.writeString(folder.resolve("bootstrap.yaml"), bootstrap);
        Process process = new ProcessBuilder(List.of(
                        binary().toString(),
                        "-c",
                        file.toString(),
                        "--use-dynamic-base-id",
                        "--concurrency",
                        "1",
                        "--admin-address-path",
                        admin.toString(),
                        // At its end Envoy closes what is left, be a request on its way or not.
                        "--drain-time-s",
                        "60",
                        "-l",
                        "warn"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("envoy.log").toFile())
                .start();
        return new EnvoyProcess(process, admin);
    }

    /** What Envoy's admin page says, by way of HTTP. */
    String admin(String path) throws IOException, InterruptedException {
        return get("http://" + Files.readString(admin).strip() + path).body();
    }

    HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** A counter or gauge; 0 if there is none of that name. */
    long stat(String name) throws IOException, InterruptedException {
        return admin("/stats?filter=" + name)
                .lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(line.indexOf(": ") + 2))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        http.close();
    }

    private static final String BOOTSTRAP = """
            node:
              id: node-1
              cluster: g
              client_features: [xds.config.supports-resource-ttl, xds.config.resource-in-sotw]
            admin: {address: {socket_address: {address: 127.0.0.1, port_value: 0}}}
            dynamic_resources:
              ads_config:
                api_type: %API_TYPE%
                transport_api_version: V3
                set_node_on_first_message_only: true
                grpc_services: [{envoy_grpc: {cluster_name: xds}}]
              cds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
              lds_config: {ads: {}, resource_api_version: V3, initial_fetch_timeout: 0s}
            static_resources:
              clusters:
              - name: xds
                type: STATIC
                connect_timeout: 1s
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
                load_assignment:
                  cluster_name: xds
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %PORT%}}}
            """;
}
