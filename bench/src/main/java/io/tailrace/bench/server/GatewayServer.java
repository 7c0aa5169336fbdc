package io.tailrace.bench.server;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.workload.Edition;
import io.tailrace.gateway.server.FleetObserver;
import io.tailrace.gateway.server.XdsServer;
import io.tailrace.gateway.server.XdsServerSettings;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.Place;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewEdit;
import io.tailrace.gateway.view.ViewStep;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.bytes.Version;
import io.tailrace.schemas.log.v1.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The gateway without Kafka: its own server, over a view that is advanced here as the reader's thread does. One group has
 * a cluster for each name, whose load assignment is what changes.
 */
final class GatewayServer implements BenchServer {
    private static final String MESH = "default";
    private static final Place ENDPOINTS = new Place(Position.Input.ENDPOINTS, 0);

    private final XdsServer server;
    private View view;
    private long published;

    /** `port` 0: a free one. */
    GatewayServer(ServerKind.Watched watched, int port) throws IOException {
        view = whole(watched.catalog().current());
        server = XdsServer.start(
                XdsServerSettings.of("127.0.0.1", port),
                view,
                counting(watched.acks(), watched.settlements()),
                () -> CompletableFuture.allOf());
    }

    private static View whole(List<Edition> editions) {
        ViewEdit edit = View.EMPTY.edit().putGroup(MESH, RequestWriter.GROUP, Selector.ofCluster(RequestWriter.GROUP));
        List<Entry> clusters = new ArrayList<>();
        for (Edition edition : editions) {
            edit.putAssignment(MESH, body(0, edition));
            edit.putBody(MESH, "", cluster(edition.message().getClusterName()));
            clusters.add(new Entry(edition.message().getClusterName(), "", true, List.of()));
        }
        return edit.putList(MESH, RequestWriter.GROUP, Types.CLUSTER, 0, clusters)
                .finish()
                .view();
    }

    private static Body cluster(String name) {
        var bytes = Deterministic.serialize(Cluster.newBuilder().setName(name).build());
        return Body.of(
                new ResourceName(Types.CLUSTER, name),
                Version.ofConfig(1, bytes).text(),
                bytes,
                List.of(new ResourceName(Types.ASSIGNMENT, name)),
                false);
    }

    private static Body body(long offset, Edition edition) {
        return Body.of(
                new ResourceName(Types.ASSIGNMENT, edition.message().getClusterName()),
                version(offset, edition),
                edition.bytes(),
                List.of(),
                false);
    }

    /** As the translator writes it; the hash comes with the record. */
    static String version(long offset, Edition edition) {
        return "c1.e0-" + offset + "-" + edition.contentHash();
    }

    private static FleetObserver counting(Acks acks, Settlements settlements) {
        return new FleetObserver() {
            @Override
            public void told(long stream, Fact fact) {
                if (fact instanceof Fact.Acked) {
                    acks.acked();
                } else if (fact instanceof Fact.Settled) {
                    settlements.settled(stream);
                }
            }

            @Override
            public void disconnected(long stream) {}

            @Override
            public void delivered(long view) {}
        };
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void publish(Edition edition) {
        published++;
        ViewStep step = view.edit()
                .putAssignment(MESH, body(published, edition))
                .position(ENDPOINTS, published)
                .finish();
        view = step.view();
        server.publish(step);
    }
}
