package io.tailrace.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.tailrace.cli.e2e.EnvoyNode;
import io.tailrace.cli.e2e.HttpBackend;
import io.tailrace.cli.e2e.Load;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Service moves from HTTP/1 on one port name to HTTP/2 on another, and back: its endpoints offer both names, then the
 * Service moves, then the old name goes. Half of that would be requests in the wrong protocol, or to nobody.
 */
final class ProtocolMoves {
    private static final Duration LIVE = Duration.ofMinutes(1);
    private static final String CLUSTER = "default/moving/80";

    private final ProcessWorld world;
    private final List<URI> targets;
    private final HttpBackend one;
    private final HttpBackend two;

    /** @param name of the port, of its protocol, and how the backend that has it calls that */
    private record Side(String name, String protocol, String seen) {}

    private static final Side HTTP1 = new Side("one", "HTTP1", "backend: one\nprotocol: HTTP/1.1\n");
    private static final Side HTTP2 = new Side("two", "HTTP2", "backend: two\nprotocol: HTTP/2\n");

    ProtocolMoves(ProcessWorld world) {
        this.world = world;
        this.targets =
                world.targets().stream().map(root -> root.resolve("/moving")).toList();
        this.one = world.with(HttpBackend.start(HTTP1.name));
        this.two = world.with(HttpBackend.start(HTTP2.name));
    }

    void backAndForth(int times) throws Exception {
        offer(HTTP1);
        serve(HTTP1);
        world.inputs.publish("""
            kind: HTTPRoute
            metadata: {name: moving}
            spec:
              parentRefs: [%s]
              rules: [{matches: [{path: {value: /moving}}], backendRefs: [{name: moving, port: 80}]}]
            """.formatted(ProcessWorld.parents()));
        world.awaitWhole("before the moves");
        Load load = Load.paced(
                targets,
                Duration.ofMillis(2),
                answer -> answer.body().startsWith(HTTP1.seen) || answer.body().startsWith(HTTP2.seen));
        try (load;
                HttpClient client = HttpClient.newHttpClient();
                DeltaNode recorder = new DeltaNode(world.xds(0), ProcessWorld.group(0))) {
            await("the recorder is served").atMost(LIVE).until(recorder::isServed);
            for (int move = 1; move <= times; move++) {
                Side from = move % 2 == 1 ? HTTP1 : HTTP2;
                Side to = move % 2 == 1 ? HTTP2 : HTTP1;
                offer(from, to);
                serve(to);
                awaitLive(client, to, "move " + move);
                offer(to);
            }
            world.awaitWhole("after the moves");
            assertThat(recorder.errors()).isEmpty();
            check(recorder.responses(), times);
        }
        assertThat(load.failures()).as("of %d requests", load.answered()).isEmpty();
        for (EnvoyNode envoy : world.envoys) {
            assertThat(envoy.sum(".*(init_fetch_timeout|update_rejected)")).isZero();
        }
    }

    private void offer(Side... sides) {
        StringBuilder ports = new StringBuilder();
        for (Side side : sides) {
            ports.append(ports.isEmpty() ? "" : ", ")
                    .append(side.name)
                    .append(": ")
                    .append(side.equals(HTTP1) ? one.port() : two.port());
        }
        world.inputs.publish("""
            kind: Endpoint
            metadata: {name: moving-0}
            spec: {service: moving, address: 127.0.0.1, ports: {%s}}
            """.formatted(ports));
    }

    private void serve(Side side) {
        world.inputs.publish("""
            kind: Service
            metadata: {name: moving}
            spec: {ports: [{name: %s, port: 80, protocol: %s}]}
            """.formatted(side.name, side.protocol));
    }

    private void awaitLive(HttpClient client, Side side, String move) {
        for (URI target : targets) {
            HttpRequest request = HttpRequest.newBuilder(target).build();
            await(move).atMost(LIVE).pollInterval(Duration.ofMillis(20)).until(() -> {
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                return answer.body().startsWith(side.seen);
            });
        }
    }

    /** A load assignment comes before the cluster that names it or directly after, and goes only when no cluster names it. */
    private static void check(List<DeltaDiscoveryResponse> responses, int times) {
        Map<String, Integer> endpoints = new HashMap<>();
        String named = "";
        Set<String> owed = new HashSet<>();
        int moves = 0;
        for (DeltaDiscoveryResponse response : responses) {
            boolean clusters = response.getTypeUrl().equals(DeltaNode.CLUSTERS);
            assertThat(clusters ? owed : Set.of())
                    .as("clusters without load assignments")
                    .isEmpty();
            for (Resource resource : response.getResourcesList()) {
                if (!clusters) {
                    ClusterLoadAssignment assignment = DeltaNode.assignment(resource);
                    endpoints.put(resource.getName(), size(assignment));
                    owed.remove(resource.getName());
                } else if (resource.getName().equals(CLUSTER)) {
                    named = DeltaNode.cluster(resource).getEdsClusterConfig().getServiceName();
                    owed.add(named);
                    moves++;
                }
            }
            response.getRemovedResourcesList().forEach(endpoints::remove);
            if (!owed.contains(named) && !named.isEmpty()) {
                assertThat(endpoints).containsEntry(named, 1);
            }
        }
        assertThat(owed).isEmpty();
        assertThat(moves).as("it was shown most moves, if not each").isGreaterThan(times / 2);
    }

    private static int size(ClusterLoadAssignment assignment) {
        return assignment.getEndpointsList().stream()
                .mapToInt(locality -> locality.getLbEndpointsCount())
                .sum();
    }
}
