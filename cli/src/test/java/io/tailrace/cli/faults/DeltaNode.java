package io.tailrace.cli.faults;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.tailrace.cli.envoy.HostAndPort;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A node on a delta ADS stream that takes all clusters and, unlike an Envoy, goes on asking for every load assignment that a
 * cluster ever named: so what it was sent, in its order, shows whether a cluster ever stood without its own.
 */
final class DeltaNode implements AutoCloseable {
    static final String CLUSTERS = Deterministic.typeUrl(Cluster.getDefaultInstance());
    static final String ASSIGNMENTS = Deterministic.typeUrl(ClusterLoadAssignment.getDefaultInstance());

    private final List<DeltaDiscoveryResponse> responses = new CopyOnWriteArrayList<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final ManagedChannel channel;
    private final StreamObserver<DeltaDiscoveryRequest> requests;

    // Of the stream's thread.
    private final Set<String> asked = new HashSet<>();

    DeltaNode(HostAndPort gateway, String group) {
        channel = NettyChannelBuilder.forAddress(gateway.host(), gateway.port())
                .usePlaintext()
                .directExecutor()
                .build();
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(new Answers());
        Node node = Node.newBuilder()
                .setId("recorder")
                .setCluster(group)
                .setUserAgentName("test")
                .build();
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(CLUSTERS)
                .build());
    }

    /** Has been answered with load assignments too. */
    boolean isServed() {
        return responses.stream().anyMatch(response -> response.getTypeUrl().equals(ASSIGNMENTS));
    }

    /** In the order in which they came. */
    List<DeltaDiscoveryResponse> responses() {
        return List.copyOf(responses);
    }

    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    static Cluster cluster(Resource resource) {
        try {
            return Cluster.parseFrom(resource.getResource().getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(resource.getName(), e);
        }
    }

    static ClusterLoadAssignment assignment(Resource resource) {
        try {
            return ClusterLoadAssignment.parseFrom(resource.getResource().getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(resource.getName(), e);
        }
    }

    private final class Answers implements StreamObserver<DeltaDiscoveryResponse> {
        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            responses.add(response);
            if (response.getTypeUrl().equals(CLUSTERS)) {
                ask(response.getResourcesList());
            }
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
        }

        /** Before the ack: after it the gateway may send clusters again, and knows nothing of what is about to be asked. */
        private void ask(List<Resource> clusters) {
            Set<String> news = new HashSet<>();
            clusters.forEach(
                    resource -> news.add(cluster(resource).getEdsClusterConfig().getServiceName()));
            news.removeAll(asked);
            if (!news.isEmpty()) {
                asked.addAll(news);
                requests.onNext(DeltaDiscoveryRequest.newBuilder()
                        .setTypeUrl(ASSIGNMENTS)
                        .addAllResourceNamesSubscribe(news)
                        .build());
            }
        }

        @Override
        public void onError(Throwable failure) {
            errors.add(failure.toString());
        }

        @Override
        public void onCompleted() {
            errors.add("the stream has ended");
        }
    }
}
