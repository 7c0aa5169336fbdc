package io.tailrace.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.e2e.EnvoyNode;
import io.tailrace.cli.e2e.HttpBackend;
import io.tailrace.cli.envoy.BootstrapSpec;
import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.cli.process.Parts;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.schemas.testing.FreePort;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;

/**
 * All of Tailrace as processes of their own: a broker, each lane of the translator, two gateways and a file connector; and
 * three Envoys, two of which know one gateway each and the third both. Each Envoy is a group with a listener of its own that
 * sends to the services red and blue.
 */
final class ProcessWorld implements AutoCloseable {
    private static final Duration WHOLE_WITHIN = Duration.ofMinutes(10);
    private static final int ENVOYS = 3;
    /** An Envoy keeps the routes of a listener that has gone for as long as it drains, and shows them. */
    private static final String[] NO_DRAIN = {"--drain-time-s", "1"};

    final Part broker;
    final Part configLane;
    final Part endpointLane;
    final List<Part> gateways;
    final Part connector;
    final Inputs inputs;
    final List<EnvoyNode> envoys = new ArrayList<>();
    /** Two of each service; the first is an endpoint from the start. */
    final Map<String, List<HttpBackend>> backends = new HashMap<>();

    private final Parts parts = new Parts();
    private final Path root;
    private final String kafka = "127.0.0.1:" + FreePort.next();
    private final List<HostAndPort> xds = List.of(loopback(), loopback());
    private final List<Integer> listeners =
            IntStream.range(0, ENVOYS).mapToObj(_ -> FreePort.next()).toList();

    private ProcessWorld(Path root) throws IOException {
        this.root = root;
        broker = parts.add(new Part(
                root,
                "broker",
                BrokerMain.class,
                List.of(root.resolve("kafka").toString(), kafka.substring(kafka.indexOf(':') + 1))));
        configLane = parts.add(lane("config"));
        endpointLane = parts.add(lane("endpoints"));
        gateways = List.of(parts.add(gateway("gateway-1", xds.get(0))), parts.add(gateway("gateway-2", xds.get(1))));
        inputs = parts.add(new Inputs(root, kafka()));
        connector = parts.add(connector("connector", Inputs.CONNECTOR, inputs.folder()));
    }

    /** Starts all in {@code root}, a folder of the test's, and waits until the Envoys serve. */
    static ProcessWorld start(Path root) throws IOException {
        ProcessWorld world = new ProcessWorld(root);
        try {
            world.startAll();
            return world;
        } catch (IOException | RuntimeException | Error e) {
            world.close();
            throw e;
        }
    }

    Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", kafka);
    }

    String bootstrapServers() {
        return kafka;
    }

    Path root() {
        return root;
    }

    Path stateDir(String lane) {
        return root.resolve("state-" + lane);
    }

    /** All that there is of Tailrace. */
    List<Part> all() {
        return List.of(broker, configLane, endpointLane, gateways.get(0), gateways.get(1), connector);
    }

    /** Takes something that is closed with the world. */
    <T extends AutoCloseable> T with(T part) {
        return parts.add(part);
    }

    /** Not started yet. */
    Part gateway(String name, HostAndPort at) {
        return Part.tailrace(
                root,
                name,
                "gateway",
                "--name",
                name,
                "--xds-port",
                Integer.toString(at.port()),
                "--bootstrap-servers",
                kafka);
    }

    /** Not started yet. Its log file has a name of its own; the source may be another's too. */
    Part connector(String log, String source, Path folder, String... further) {
        List<String> arguments = new ArrayList<>(
                List.of("connector", "file", "--name", source, "-f", folder.toString(), "--bootstrap-servers", kafka));
        arguments.addAll(List.of(further));
        return Part.tailrace(root, log, arguments.toArray(String[]::new));
    }

    EnvoyNode envoy(String group, Variant variant, List<HostAndPort> gateways) {
        BootstrapSpec spec = new BootstrapSpec(group, group + "-node", "default", gateways, variant, 0);
        return parts.add(EnvoyNode.start(spec, root.resolve(group), NO_DRAIN));
    }

    /** One more of a gateway's own group, on the same port as the first; the caller closes it. */
    EnvoyNode freshEnvoy(int gateway) {
        BootstrapSpec spec = new BootstrapSpec(
                group(gateway), "fresh-" + gateway, "default", List.of(xds.get(gateway)), Variant.DELTA, 0);
        return EnvoyNode.start(spec, root.resolve("fresh-" + gateway), NO_DRAIN);
    }

    /** The roots of the Envoys' listeners. */
    List<URI> targets() {
        return listeners.stream()
                .map(port -> URI.create("http://127.0.0.1:" + port + "/"))
                .toList();
    }

    HostAndPort xds(int gateway) {
        return xds.get(gateway);
    }

    static String group(int envoy) {
        return "edge-" + envoy;
    }

    static List<String> groups() {
        return IntStream.range(0, ENVOYS).mapToObj(ProcessWorld::group).toList();
    }

    static HostAndPort loopback() {
        return new HostAndPort("127.0.0.1", FreePort.next());
    }

    /** The route of all requests to "/", with a stamp that every answer carries. */
    void route(String stamp, int redWeight) throws IOException {
        inputs.file("""
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [%s]
              rules:
                - filters:
                    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: x-stamp, value: "%s"}]}}
                  backendRefs: [{name: red, port: 80, weight: %d}, {name: blue, port: 80, weight: %d}]
            """.formatted(parents(), stamp, redWeight, 100 - redWeight));
    }

    static String parents() {
        return groups().stream().map(group -> "{name: " + group + "}").collect(Collectors.joining(", "));
    }

    /**
     * Waits until every part that runs is ready and every Envoy has just what the inputs come to from scratch. Fails if a
     * stream of a gateway broke a rule of the protocol on the way there.
     */
    void awaitWhole(String when) throws IOException {
        all().stream().filter(Part::isAlive).forEach(Part::awaitReady);
        for (int i = 0; i < ENVOYS; i++) {
            EnvoyState expected = inputs.translated(group(i));
            EnvoyNode envoy = envoys.get(i);
            await(when)
                    .atMost(WHOLE_WITHIN)
                    .pollInterval(Duration.ofMillis(300))
                    .untilAsserted(() -> assertThat(EnvoyState.of(envoy).differences(expected))
                            .as(when)
                            .isEmpty());
        }
        gateways.forEach(gateway -> RecordedStreams.verify(gateway.log()));
    }

    @Override
    public void close() {
        parts.close();
    }

    private void startAll() throws IOException {
        broker.start().awaitReady();
        try (Admin admin = Admin.create(kafka())) {
            new TopicAdmin(admin, Topics.DEFAULT).create(PartitionCounts.EMBEDDED);
        }
        for (String service : List.of("red", "blue")) {
            inputs.file("kind: Service\nmetadata: {name: %s}\nspec: {ports: [{name: main, port: 80}]}\n"
                    .formatted(service));
            List<HttpBackend> own =
                    List.of(parts.add(HttpBackend.start(service)), parts.add(HttpBackend.start(service)));
            backends.put(service, own);
            inputs.file("""
                kind: Endpoint
                metadata: {name: %s-0}
                spec: {service: %s, address: 127.0.0.1, ports: {main: %d}}
                """.formatted(service, service, own.getFirst().port()));
        }
        for (int i = 0; i < ENVOYS; i++) {
            inputs.file("""
                kind: Gateway
                metadata: {name: %s}
                spec: {groups: [%s], listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]}
                """.formatted(group(i), group(i), listeners.get(i)));
        }
        route("begin", 50);
        all().stream().filter(part -> part != broker).forEach(Part::start);
        envoys.add(envoy(group(0), Variant.DELTA, List.of(xds.get(0))));
        envoys.add(envoy(group(1), Variant.SOTW, List.of(xds.get(1))));
        envoys.add(envoy(group(2), Variant.DELTA, xds));
        awaitWhole("at the start");
    }

    private Part lane(String lane) {
        return Part.tailrace(
                root,
                lane,
                "translator",
                "--lane",
                lane,
                "--instance-id",
                "only",
                "--state-dir",
                stateDir(lane).toString(),
                "--bootstrap-servers",
                kafka);
    }
}
