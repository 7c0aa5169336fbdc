package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tailrace.cli.envoy.BootstrapSpec.Variant;
import io.tailrace.schemas.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred changes in a row, of every sort, under steady load by delta and by state of the world: no request fails. */
class ChangesUnderLoadIT {
    private static final int CHANGES = 200;
    private static final int CONNECTIONS = 3;
    private static final Duration LIVE = Duration.ofMinutes(2);
    private static final List<String> SERVICES = List.of("red", "blue");
    private static final List<String> POLICIES = List.of("RoundRobin", "LeastRequest", "Random");

    private final long seed = Long.getLong("seed", 1);
    private final Random random = new Random(seed);
    private final Map<String, List<HttpBackend>> backends = new HashMap<>();
    private final Map<String, Boolean> present = new HashMap<>();

    private int redWeight = 50;
    private Extra extra = Extra.GONE;

    private World world;
    private Web delta;
    private Web sotw;

    @BeforeEach
    void start(@TempDir Path root) throws Exception {
        int deltaPort = FreePort.next();
        int sotwPort = FreePort.next();
        world = World.start(root);
        delta = world.with(new Web(deltaPort));
        sotw = world.with(new Web(sotwPort));
        world.write("gateways.yaml", gateway("edge-delta", deltaPort) + "---\n" + gateway("edge-sotw", sotwPort));
        for (String service : SERVICES) {
            writeService(service);
            List<HttpBackend> instances = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                instances.add(world.with(HttpBackend.start(service)));
                setEndpoint(service, i, instances);
            }
            backends.put(service, instances);
        }
        backends.put("extra", List.of(world.with(HttpBackend.start("extra"))));
        writeRoute(0);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void noRequestFailsAndNothingWaitsInVain() throws Exception {
        EnvoyNode deltaEnvoy = world.envoy("edge-delta", "delta-1", Variant.DELTA);
        EnvoyNode sotwEnvoy = world.envoy("edge-sotw", "sotw-1", Variant.SOTW);
        await("steady answers").atMost(LIVE).ignoreExceptions().until(() -> isSteady(delta) && isSteady(sotw));
        List<URI> targets = Stream.generate(() -> Stream.of(delta.uri("/"), sotw.uri("/")))
                .limit(CONNECTIONS)
                .flatMap(each -> each)
                .toList();

        Load load = Load.on(targets, answer -> answer.statusCode() == 200);
        try (load) {
            for (int change = 1; change <= CHANGES; change++) {
                apply(change);
            }
            writeRoute(CHANGES + 1);
            awaitStamp(CHANGES + 1);
        }

        assertThat(load.failures())
                .as("seed %d, of %d requests", seed, load.answered())
                .isEmpty();
        for (EnvoyNode envoy : List.of(deltaEnvoy, sotwEnvoy)) {
            assertThat(envoy.sum(".*init_fetch_timeout")).isZero();
            assertThat(envoy.sum(".*update_rejected")).isZero();
            assertThat(envoy.stats(".*init_fetch_timeout")).isNotEmpty();
        }
    }

    private static boolean isSteady(Web web) throws Exception {
        for (int i = 0; i < 50; i++) {
            if (web.get("/").statusCode() != 200) {
                return false;
            }
        }
        return true;
    }

    private void apply(int change) throws IOException {
        switch (random.nextInt(5)) {
            case 0 -> {
                redWeight = random.nextInt(101);
                writeRoute(change);
                awaitStamp(change);
            }
            case 1 -> writeService(SERVICES.get(random.nextInt(SERVICES.size())));
            case 2, 3 -> flipEndpoint(SERVICES.get(random.nextInt(SERVICES.size())));
            default -> nextStepOfExtra(change);
        }
    }

    /** One of the second and third instances comes or goes; the first always serves. */
    private void flipEndpoint(String service) throws IOException {
        int instance = 1 + random.nextInt(2);
        String name = service + "-" + instance;
        if (present.merge(name, true, (was, now) -> !was)) {
            world.removeEndpoint(name);
        } else {
            setEndpoint(service, instance, backends.getOrDefault(service, List.of()));
        }
    }

    /**
     * A whole service comes with its endpoint, is routed to, is routed to no more, goes: each step a change of its own, with
     * others between. (In one publication the route may be live before the endpoint, which is in the other lane.)
     */
    private void nextStepOfExtra(int change) throws IOException {
        switch (extra) {
            case GONE -> {
                writeService("extra");
                setEndpoint("extra", 0, backends.getOrDefault("extra", List.of()));
            }
            case THERE, ROUTED -> {
                extra = extra.next();
                writeRoute(change);
                awaitStamp(change);
                return;
            }
            case UNROUTED -> {
                world.delete("service-extra.yaml");
                world.removeEndpoint("extra-0");
            }
        }
        extra = extra.next();
    }

    private enum Extra {
        GONE,
        THERE,
        ROUTED,
        UNROUTED;

        Extra next() {
            return switch (this) {
                case GONE -> THERE;
                case THERE -> ROUTED;
                case ROUTED -> UNROUTED;
                case UNROUTED -> GONE;
            };
        }
    }

    private void setEndpoint(String service, int instance, List<HttpBackend> instances) throws IOException {
        world.endpoint(
                service, service + "-" + instance, instances.get(instance).port());
    }

    private void writeService(String service) throws IOException {
        world.write("service-" + service + ".yaml", """
            kind: Service
            metadata: {name: %s}
            spec:
              ports: [{name: main, port: 80, protocol: %s}]
              connectTimeout: %ds
              loadBalancer: {type: %s}
            """.formatted(
                        service,
                        random.nextBoolean() ? "HTTP1" : "HTTP2",
                        1 + random.nextInt(9),
                        POLICIES.get(random.nextInt(POLICIES.size()))));
    }

    private void writeRoute(int stamp) throws IOException {
        String third = extra == Extra.ROUTED ? "        - {name: extra, port: 80, weight: 30}\n" : "";
        world.write("route.yaml", """
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: edge-delta}, {name: edge-sotw}]
              rules:
                - filters:
                    - type: ResponseHeaderModifier
                      responseHeaderModifier: {set: [{name: x-change, value: "%d"}]}
                  backendRefs:
                    - {name: red, port: 80, weight: %d}
                    - {name: blue, port: 80, weight: %d}
            %s""".formatted(stamp, redWeight, 101 - redWeight, third));
    }

    private void awaitStamp(int stamp) {
        for (Web web : List.of(delta, sotw)) {
            await("change " + stamp + ", seed " + seed)
                    .atMost(LIVE)
                    .pollInterval(Duration.ofMillis(10))
                    .ignoreExceptions()
                    .until(
                            () -> web.get("/").headers().firstValue("x-change").orElse(""),
                            Integer.toString(stamp)::equals);
        }
    }

    private static String gateway(String name, int port) {
        return """
            kind: Gateway
            metadata: {name: %s}
            spec:
              groups: [%s]
              listeners: [{name: http, address: 127.0.0.1, port: %d, protocol: HTTP}]
            """.formatted(name, name, port);
    }
}
