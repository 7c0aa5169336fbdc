package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.envoy.HostAndPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten Envoys by delta and ten by state of the world at two gateways, under load: what comes and goes fails no request. */
class TwentyEnvoysIT {
    private static final int ENVOYS = 20;
    private static final int MOVES = 6;
    private static final Duration LIVE = Duration.ofMinutes(2);
    private static final List<String> SERVICES = List.of("red", "blue");
    private static final String UNBINDABLE = "192.0.2.1"; // TEST-NET-1: an address of documents, not of machines

    private static final Pattern ROUTE = Pattern.compile("HTTPRoute +default +all +(\\d+) +file +accepted");
    private static final List<Pattern> GATEWAYS = Stream.of("up", "second")
            .map(name -> Pattern.compile("(?m)^" + name + " +serves +\\d+ +(\\d+)"))
            .toList();

    private static World world;
    private static Commands commands;
    private static EnvoyFleet fleet;
    private static int changes;
    private static long routeRevision = -1;

    @BeforeAll
    static void start(@TempDir Path root) throws Exception {
        world = World.start(root);
        commands = new Commands(world.kafka());
        HostAndPort second = new HostAndPort("127.0.0.1", world.up().addGateway("second"));
        fleet = new EnvoyFleet(world, ENVOYS, List.of(world.gateway(), second));
        for (String service : SERVICES) {
            HttpBackend backend = world.with(HttpBackend.start(service));
            world.service(service, "HTTP1");
            world.endpoint(service, service + "-a", backend.port());
        }
        world.write("envoys.yaml", fleet.manifests());
        routeTo("red");
        awaitRoute();
        fleet.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void routesMoveBetweenClustersThatComeAndWarmAndGo() throws Exception {
        Map<EnvoyNode, Long> before = fleet.each(TwentyEnvoysIT::modified);

        underLoad(load -> {
            for (int i = 1; i <= MOVES; i++) {
                int move = i;
                String from = SERVICES.get((move + 1) % 2);
                String to = SERVICES.get(move % 2);
                writeService(from, move);
                fleet.awaitEach(
                        from + " has warmed anew while it serves",
                        envoy -> modified(envoy) >= before.getOrDefault(envoy, 0L) + move);
                routeTo(to);
                fleet.awaitChange(changes);
                fleet.awaitEach(
                        from + " is gone", envoy -> !envoy.admin("/clusters").contains("default/" + from + "/80::"));
            }
        });
    }

    @Test
    void aRouteWaitsAtEveryEnvoyForAClusterThatIsLongInWarming() throws Exception {
        HttpBackend slow = world.with(HttpBackend.start("slow"));
        world.service("slow", "HTTP1");
        world.write("slow.yaml", """
            kind: EnvoyResource
            metadata: {name: slow}
            spec:
              groups: %s
              resource:
                "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
                name: default/slow/80
                type: EDS
                edsClusterConfig:
                  serviceName: late
                  edsConfig: {ads: {}, resourceApiVersion: V3, initialFetchTimeout: 120s}
            """.formatted(fleet.groups()));

        underLoad(load -> {
            fleet.awaitEach("slow warms", envoy -> envoy.sum("cluster_manager.warming_clusters$") == 1);
            routeTo("slow");
            awaitRoute();
            long answered = load.answered();
            await("requests while it warms").atMost(LIVE).until(() -> load.answered() > answered + 10 * ENVOYS);
            assertThat(slow.requests()).isZero();
            world.write("late.yaml", """
                kind: EnvoyResource
                metadata: {name: late}
                spec:
                  groups: %s
                  resource:
                    "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
                    clusterName: late
                    endpoints:
                      - lbEndpoints:
                          - endpoint: {address: {socketAddress: {address: 127.0.0.1, portValue: %d}}}
                """.formatted(fleet.groups(), slow.port()));
            fleet.awaitChange(changes);
            routeTo("red");
            fleet.awaitChange(changes);
        });

        assertThat(slow.requests()).isPositive();
    }

    @Test
    void aListenerThatEveryEnvoyRejectsLeavesTheRestGoingAndTheirWordsReachTheFleet() throws Exception {
        underLoad(load -> {
            world.write(
                    "listeners.yaml",
                    listener("unbindable", UNBINDABLE, 8080) + "---\n"
                            + listener("bindable", "127.0.0.1", 0)); // each takes a free port

            Pattern words = Pattern.compile("(\\S+) +\\S+ +(?:up|second) +rejects +\\d* +.*"
                    + Pattern.quote("cannot bind '" + UNBINDABLE + ":8080'"));
            await("all reject it")
                    .atMost(LIVE)
                    .untilAsserted(() -> assertThat(
                                    words.matcher(commands.run("status").out())
                                            .results()
                                            .map(match -> match.group(1)))
                            .containsExactlyInAnyOrderElementsOf(fleet.groups()));
            fleet.awaitEach(
                    "the listener that came with it",
                    envoy -> envoy.admin("/listeners").contains("bindable::127.0.0.1:"));
            routeTo("blue");
            fleet.awaitChange(changes);

            world.delete("listeners.yaml");
            fleet.awaitEach("both are gone", envoy -> !envoy.admin("/listeners").contains("bindable::"));
            await("nobody rejects it any more")
                    .atMost(LIVE)
                    .untilAsserted(
                            () -> assertThat(commands.run("status").out()).doesNotContain("cannot bind"));
            routeTo("red");
            fleet.awaitChange(changes);
        });
    }

    private interface Steps {
        void run(Load load) throws Exception;
    }

    /** Fails if a request under way fails, or if any Envoy had no route or no cluster for one since it started. */
    private static void underLoad(Steps steps) throws Exception {
        long loggedBefore = fleet.logged();
        Load load = fleet.load();
        try (load) {
            steps.run(load);
        }

        assertThat(load.failures()).as("of %d requests", load.answered()).isEmpty();
        await("the access logs are written").atMost(LIVE).until(() -> fleet.logged() >= loggedBefore + load.answered());
        assertThat(fleet.responseFlags().keySet())
                .contains("-")
                .allSatisfy(flags -> assertThat(flags).doesNotContain("NR", "NC"));
        assertThat(fleet.each(envoy -> envoy.sum("init_fetch_timeout$")).values())
                .containsOnly(0L);
        assertThat(fleet.each(envoy -> envoy.sum("(cds|rds)\\..*update_rejected$"))
                        .values())
                .containsOnly(0L);
    }

    private static long modified(EnvoyNode envoy) {
        return envoy.sum("cluster_manager.cluster_modified$");
    }

    private static void routeTo(String service) throws Exception {
        changes++;
        String parents = fleet.groups().stream().map("{name: %s}"::formatted).collect(Collectors.joining(", "));
        world.write("route.yaml", """
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [%s]
              rules:
                - filters:
                    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: x-change, value: "%d"}]}}
                  backendRefs: [{name: %s, port: 80}]
            """.formatted(parents, changes, service));
    }

    private static void writeService(String name, int connectTimeoutSeconds) throws Exception {
        world.write("service-" + name + ".yaml", """
            kind: Service
            metadata: {name: %s}
            spec: {ports: [{name: main, port: 80}], connectTimeout: %ds}
            """.formatted(name, connectTimeoutSeconds));
    }

    private static String listener(String name, String address, int port) {
        return """
            kind: EnvoyResource
            metadata: {name: %1$s}
            spec:
              groups: %4$s
              resource:
                "@type": type.googleapis.com/envoy.config.listener.v3.Listener
                name: %1$s
                address: {socketAddress: {address: %2$s, portValue: %3$d}}
                filterChains:
                  - filters:
                      - name: tcp
                        typedConfig:
                          "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                          statPrefix: %1$s
                          cluster: none
            """.formatted(name, address, port, fleet.groups());
    }

    /** Returns when the views of both gateways hold the route as it was last written. */
    private static void awaitRoute() {
        await("the route's verdict")
                .atMost(LIVE)
                .until(() -> newest(ROUTE, commands.run("get").out()) > routeRevision);
        routeRevision = newest(ROUTE, commands.run("get").out());
        for (Pattern gateway : GATEWAYS) {
            await("revision " + routeRevision)
                    .atMost(LIVE)
                    .until(() -> newest(gateway, commands.run("status").out()) >= routeRevision);
        }
    }

    private static long newest(Pattern number, String text) {
        return number.matcher(text)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .max()
                .orElse(-1);
    }
}
