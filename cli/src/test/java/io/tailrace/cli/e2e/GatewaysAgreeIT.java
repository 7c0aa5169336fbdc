package io.tailrace.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.tailrace.cli.e2e.AdsClient.Held;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whichever gateway a node reaches, and whenever that gateway started, it gets the same bytes under the same versions. */
class GatewaysAgreeIT {
    private static final Duration LIVE = Duration.ofMinutes(2);

    @Test
    void twoGatewaysAndOneThatStartsLaterGiveEqualBytesAndVersions(@TempDir Path root) throws Exception {
        try (World world = World.start(root)) {
            int first = world.gateway().port();
            int second = world.up().addGateway("second");
            writeAll(world, 1);
            AdsClient early = world.with(delta(first));
            AdsClient other = world.with(delta(second));
            for (int i = 2; i <= 20; i++) {
                writeAll(world, i);
            }
            world.removeEndpoint("two-a");
            world.delete("service-two.yaml");
            awaitLast(early, 20);
            int third = world.up().addGateway("third");
            AdsClient late = world.with(delta(third));
            awaitLast(late, 20);
            awaitLast(other, 20);

            await("those that saw every change end with what the third began with")
                    .atMost(LIVE)
                    .untilAsserted(() -> {
                        assertThat(early.all()).isEqualTo(late.all());
                        assertThat(other.all()).isEqualTo(late.all());
                    });
            assertThat(late.of(XdsTypes.CLUSTER)).containsOnlyKeys("default/one/80");
            for (Function<Integer, AdsClient> variant :
                    List.<Function<Integer, AdsClient>>of(GatewaysAgreeIT::delta, GatewaysAgreeIT::stateOfTheWorld)) {
                AdsClient expected = world.with(variant.apply(first));
                for (int port : List.of(second, third)) {
                    AdsClient client = world.with(variant.apply(port));
                    assertThat(client.all()).hasSize(4).isEqualTo(expected.all());
                }
            }
            aNodeThatGoesToAnotherGatewayGetsNothingThatItHas(world, early.all(), third);
        }
    }

    private static void aNodeThatGoesToAnotherGatewayGetsNothingThatItHas(
            World world, Map<String, Map<String, Held>> known, int gateway) throws Exception {
        AdsClient.Delta stream = AdsClient.delta(gateway, "moved", "edge", known);
        AdsClient moved = world.with(stream.client());
        stream.ask(XdsTypes.CLUSTER);
        stream.ask(XdsTypes.ASSIGNMENT, assignment(moved));
        stream.ask(XdsTypes.LISTENER);
        stream.ask(XdsTypes.ROUTE, "8080");

        writeRoute(world, 21);
        awaitLast(moved, 21);

        assertThat(moved.responses()).as("only what has changed since").containsExactly(XdsTypes.ROUTE);
    }

    private static AdsClient delta(int gateway) {
        AdsClient.Delta stream = AdsClient.delta(gateway, "node", "edge", Map.of());
        return asked(stream, stream.client());
    }

    private static AdsClient stateOfTheWorld(int gateway) {
        AdsClient.StateOfTheWorld stream = AdsClient.stateOfTheWorld(gateway, "node", "edge");
        return asked(stream, stream.client());
    }

    /** Asks as Envoy does, and returns when each type has come. */
    private static AdsClient asked(AdsClient.Asking stream, AdsClient client) {
        stream.ask(XdsTypes.CLUSTER);
        await().atMost(LIVE).until(() -> client.of(XdsTypes.CLUSTER).containsKey("default/one/80"));
        stream.ask(XdsTypes.ASSIGNMENT, assignment(client));
        stream.ask(XdsTypes.LISTENER);
        stream.ask(XdsTypes.ROUTE, "8080");
        await().atMost(LIVE)
                .until(() -> List.of(XdsTypes.ASSIGNMENT, XdsTypes.LISTENER, XdsTypes.ROUTE).stream()
                        .noneMatch(type -> client.of(type).isEmpty()));
        return client;
    }

    private static String assignment(AdsClient client) {
        Held cluster = Objects.requireNonNull(client.of(XdsTypes.CLUSTER).get("default/one/80"));
        try {
            return Cluster.parseFrom(cluster.bytes()).getEdsClusterConfig().getServiceName();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitLast(AdsClient client, int stamp) {
        await("change " + stamp)
                .atMost(LIVE)
                .until(() -> client.of(XdsTypes.ROUTE).values().stream()
                        .anyMatch(held -> held.bytes().toStringUtf8().contains("stamp-" + stamp + ".")));
    }

    private static void writeAll(World world, int stamp) throws Exception {
        world.write("gateway.yaml", """
            kind: Gateway
            metadata: {name: edge}
            spec: {groups: [edge], listeners: [{name: http, port: 8080, protocol: HTTP}]}
            """);
        world.service("one", "HTTP1");
        world.service("two", "HTTP1");
        world.endpoint("one", "one-a", 1000 + stamp);
        world.endpoint("two", "two-a", 2000 + stamp);
        writeRoute(world, stamp);
    }

    private static void writeRoute(World world, int stamp) throws Exception {
        world.write("route.yaml", """
            kind: HTTPRoute
            metadata: {name: all}
            spec:
              parentRefs: [{name: edge}]
              rules:
                - filters:
                    - {type: ResponseHeaderModifier, responseHeaderModifier: {set: [{name: x, value: stamp-%d.}]}}
                  backendRefs: [{name: one, port: 80}]
            """.formatted(stamp));
    }
}
