package io.tailrace.gateway;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A node on a delta ADS stream that keeps what it is given and acks it, unless it is told to reject a name. */
final class DeltaClient implements AutoCloseable, StreamObserver<DeltaDiscoveryResponse> {
    record Held(String version, ByteString bytes) {}

    final List<DeltaDiscoveryResponse> responses = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Held>> held = new ConcurrentHashMap<>();
    private final Set<String> rejected = ConcurrentHashMap.newKeySet();
    private final ManagedChannel channel;
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final Node node;
    private boolean first = true;
    volatile @Nullable Throwable error;

    DeltaClient(int port, String id, String cluster) {
        node = Node.newBuilder()
                .setId(id)
                .setCluster(cluster)
                .setUserAgentName("test")
                .build();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
    }

    /** Its first request for a type names what it has: none if this is its first stream. */
    synchronized DeltaClient subscribe(String typeUrl, Map<String, Held> known, String... names) {
        DeltaDiscoveryRequest.Builder request =
                DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNamesSubscribe(List.of(names));
        known.forEach((name, body) -> request.putInitialResourceVersions(name, body.version()));
        of(typeUrl).putAll(known);
        send(request);
        return this;
    }

    DeltaClient subscribe(String typeUrl, String... names) {
        return subscribe(typeUrl, Map.of(), names);
    }

    DeltaClient rejecting(String name) {
        rejected.add(name);
        return this;
    }

    DeltaClient acceptingAll() {
        rejected.clear();
        return this;
    }

    Map<String, Held> of(String typeUrl) {
        return held.computeIfAbsent(typeUrl, _ -> new ConcurrentSkipListMap<>());
    }

    private synchronized void send(DeltaDiscoveryRequest.Builder request) {
        if (first) {
            first = false;
            request.setNode(node);
        }
        requests.onNext(request.build());
    }

    @Override
    public void onNext(DeltaDiscoveryResponse response) {
        DeltaDiscoveryRequest.Builder answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
        if (response.getResourcesList().stream().map(Resource::getName).anyMatch(rejected::contains)) {
            answer.setErrorDetail(Status.newBuilder().setCode(3).setMessage("I don't like it"));
        } else {
            Map<String, Held> own = of(response.getTypeUrl());
            response.getResourcesList()
                    .forEach(r -> own.put(
                            r.getName(),
                            new Held(r.getVersion(), r.getResource().getValue())));
            response.getRemovedResourcesList().forEach(own::remove);
        }
        responses.add(response);
        send(answer);
    }

    @Override
    public void onError(Throwable failure) {
        error = failure;
    }

    @Override
    public void onCompleted() {}

    void disconnect() {
        channel.shutdownNow();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
