package io.tailrace.bench.server;

import io.envoyproxy.controlplane.cache.v3.SimpleCache;
import io.envoyproxy.controlplane.cache.v3.Snapshot;
import io.envoyproxy.controlplane.server.DefaultExecutorGroup;
import io.envoyproxy.controlplane.server.DiscoveryServerCallbacks;
import io.envoyproxy.controlplane.server.V3DiscoveryServer;
import io.envoyproxy.controlplane.server.serializer.ProtoResourcesSerializer;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.tailrace.bench.wire.RequestWriter;
import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Edition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/** java-control-plane as its README sets it up: a SimpleCache, a snapshot for each change, all else at its defaults. */
final class ControlPlaneServer implements BenchServer {
    private final SimpleCache<String> cache = new SimpleCache<>(new OneGroup());
    private final ClusterLoadAssignment[] assignments;
    private final Server server;
    private long published;

    ControlPlaneServer(Catalog catalog, Acks acks, ProtoResourcesSerializer serializer) throws IOException {
        assignments = catalog.current().stream().map(Edition::message).toArray(ClusterLoadAssignment[]::new);
        setSnapshot();
        V3DiscoveryServer discovery = new V3DiscoveryServer(
                List.of(new CountingCallbacks(acks)), cache, new DefaultExecutorGroup(), serializer);
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(discovery.getAggregatedDiscoveryServiceImpl())
                .build()
                .start();
    }

    private void setSnapshot() {
        String version = Long.toString(published++);
        cache.setSnapshot(
                RequestWriter.GROUP,
                Snapshot.create(
                        List.of(),
                        "",
                        Arrays.asList(assignments),
                        version,
                        List.of(),
                        "",
                        List.of(),
                        "",
                        List.of(),
                        ""));
    }

    @Override
    public int port() {
        return server.getPort();
    }

    @Override
    public void publish(Edition edition) {
        assignments[edition.name()] = edition.message();
        setSnapshot();
    }

    private static final class OneGroup implements io.envoyproxy.controlplane.cache.NodeGroup<String> {
        @Override
        public String hash(Node node) {
            return RequestWriter.GROUP;
        }
    }

    private record CountingCallbacks(Acks acks) implements DiscoveryServerCallbacks {
        @Override
        public void onV3StreamRequest(long streamId, DiscoveryRequest request) {
            count(request.getResponseNonce());
        }

        @Override
        public void onV3StreamDeltaRequest(long streamId, DeltaDiscoveryRequest request) {
            count(request.getResponseNonce());
        }

        private void count(String nonce) {
            if (!nonce.isEmpty()) {
                acks.acked();
            }
        }
    }
}
