package io.tailrace.cli.e2e;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A node on an aggregated stream that keeps what it is given and acks it; in either variant of the protocol. */
public final class AdsClient implements AutoCloseable {
    /** A resource as it came; the version is its own in delta, and that of the response in state of the world. */
    public record Held(String version, ByteString bytes) {}

    /** In state of the world a response of these holds all that there is. */
    private static final Set<String> WHOLE = Set.of(XdsTypes.LISTENER, XdsTypes.CLUSTER);

    private final ManagedChannel channel;
    private final Node node;
    private final Map<String, Map<String, Held>> held = new ConcurrentHashMap<>();
    private final List<String> responses = new CopyOnWriteArrayList<>();

    private AdsClient(int port, String id, String cluster) {
        node = Node.newBuilder().setId(id).setCluster(cluster).build();
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    /** How a variant asks for names of a type; no name: all. */
    public interface Asking {
        void ask(String typeUrl, String... names);
    }

    /** What it holds of a type, by name. */
    public Map<String, Held> of(String typeUrl) {
        return held.computeIfAbsent(typeUrl, type -> new ConcurrentSkipListMap<>());
    }

    /** All that it holds, by type and name. */
    public Map<String, Map<String, Held>> all() {
        Map<String, Map<String, Held>> all = new TreeMap<>();
        held.forEach((type, resources) -> all.put(type, new TreeMap<>(resources)));
        return all;
    }

    /** The types of the responses so far, in order. */
    public List<String> responses() {
        return responses;
    }

    /**
     * A delta stream.
     *
     * @param known what it has from an earlier stream, and shows
     */
    public static Delta delta(int port, String id, String cluster, Map<String, Map<String, Held>> known) {
        return new Delta(new AdsClient(port, id, cluster), known);
    }

    public static StateOfTheWorld stateOfTheWorld(int port, String id, String cluster) {
        return new StateOfTheWorld(new AdsClient(port, id, cluster));
    }

    /** Sends requests one at a time, the node in the first. */
    private static final class Requests<Q> {
        private final StreamObserver<Q> stream;
        private UnaryOperator<Q> first;

        private Requests(StreamObserver<Q> stream, UnaryOperator<Q> withNode) {
            this.stream = stream;
            this.first = withNode;
        }

        synchronized void send(Q request) {
            stream.onNext(first.apply(request));
            first = UnaryOperator.identity();
        }
    }

    /** No answer comes before the first request, which is sent when the taker is known. */
    private static final class Answers<R> implements StreamObserver<R> {
        private volatile Consumer<R> taker = answer -> {};

        void to(Consumer<R> wanted) {
            taker = wanted;
        }

        @Override
        public void onNext(R answer) {
            taker.accept(answer);
        }

        @Override
        public void onError(Throwable failure) {
            // The stream ends with the test, or what it waits for doesn't come.
        }

        @Override
        public void onCompleted() {}
    }

    public static final class Delta implements Asking {
        private final AdsClient client;
        private final Map<String, Map<String, Held>> known;
        private final Answers<DeltaDiscoveryResponse> answers = new Answers<>();
        private final Requests<DeltaDiscoveryRequest> requests;

        private Delta(AdsClient client, Map<String, Map<String, Held>> known) {
            this.client = client;
            this.known = known;
            this.requests = new Requests<>(
                    AggregatedDiscoveryServiceGrpc.newStub(client.channel).deltaAggregatedResources(answers),
                    request -> request.toBuilder().setNode(client.node).build());
            answers.to(this::take);
        }

        public AdsClient client() {
            return client;
        }

        @Override
        public void ask(String typeUrl, String... names) {
            DeltaDiscoveryRequest.Builder request =
                    DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNamesSubscribe(List.of(names));
            known.getOrDefault(typeUrl, Map.of()).forEach((name, has) -> {
                request.putInitialResourceVersions(name, has.version());
                client.of(typeUrl).put(name, has);
            });
            requests.send(request.build());
        }

        private void take(DeltaDiscoveryResponse response) {
            Map<String, Held> own = client.of(response.getTypeUrl());
            response.getResourcesList()
                    .forEach(each -> own.put(
                            each.getName(),
                            new Held(each.getVersion(), each.getResource().getValue())));
            response.getRemovedResourcesList().forEach(own::remove);
            client.responses.add(response.getTypeUrl());
            requests.send(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
        }
    }

    public static final class StateOfTheWorld implements Asking {
        private final AdsClient client;
        private final Map<String, List<String>> asked = new ConcurrentHashMap<>();
        private final Answers<DiscoveryResponse> answers = new Answers<>();
        private final Requests<DiscoveryRequest> requests;

        private StateOfTheWorld(AdsClient client) {
            this.client = client;
            this.requests = new Requests<>(
                    AggregatedDiscoveryServiceGrpc.newStub(client.channel).streamAggregatedResources(answers),
                    request -> request.toBuilder().setNode(client.node).build());
            answers.to(this::take);
        }

        public AdsClient client() {
            return client;
        }

        @Override
        public void ask(String typeUrl, String... names) {
            asked.put(typeUrl, List.of(names));
            requests.send(DiscoveryRequest.newBuilder()
                    .setTypeUrl(typeUrl)
                    .addAllResourceNames(List.of(names))
                    .build());
        }

        private void take(DiscoveryResponse response) {
            Map<String, Held> own = client.of(response.getTypeUrl());
            if (WHOLE.contains(response.getTypeUrl())) {
                own.keySet()
                        .retainAll(response.getResourcesList().stream()
                                .map(StateOfTheWorld::nameOf)
                                .toList());
            }
            for (Any resource : response.getResourcesList()) {
                own.put(nameOf(resource), new Held(response.getVersionInfo(), resource.getValue()));
            }
            client.responses.add(response.getTypeUrl());
            requests.send(DiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .setVersionInfo(response.getVersionInfo())
                    .addAllResourceNames(asked.getOrDefault(response.getTypeUrl(), List.of()))
                    .build());
        }

        private static String nameOf(Any resource) {
            try {
                return XdsTypes.nameOf(resource);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
