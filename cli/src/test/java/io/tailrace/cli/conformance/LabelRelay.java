package io.tailrace.cli.conformance;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.CallOptions;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Between a harness and a gateway: every xDS service, where the versions in responses are the labels that the harness gave what
 * is in them, and those in requests the gateway's again. Nothing else is touched, and no message is held back.
 */
final class LabelRelay implements AutoCloseable {
    private final ManagedChannel gateway;
    private final Server server;

    /** The gateway's versions, by what they were told as. */
    private final Map<Told, String> versions = new ConcurrentHashMap<>();

    /** `name` is empty for the version of a whole response. */
    private record Told(String typeUrl, String name, String label) {}

    private LabelRelay(int port, int gatewayPort) {
        gateway = NettyChannelBuilder.forAddress("127.0.0.1", gatewayPort)
                .usePlaintext()
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .fallbackHandlerRegistry(new Services())
                .build();
    }

    /** On 127.0.0.1, both; a `port` of 0 takes a free one. Throws IOException if it is taken, and leaves nothing open. */
    static LabelRelay start(int port, int gatewayPort) throws IOException {
        LabelRelay relay = new LabelRelay(port, gatewayPort);
        try {
            relay.server.start();
            return relay;
        } catch (IOException e) {
            relay.close();
            throw e;
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        gateway.shutdownNow();
    }

    /** Whatever service is called: the gateway says whether there is such a one. */
    private final class Services extends HandlerRegistry {
        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String method, @Nullable String authority) {
            return method.substring(method.indexOf('/') + 1).startsWith("Delta")
                    ? relay(
                            method,
                            DeltaDiscoveryRequest.getDefaultInstance(),
                            LabelRelay.this::restored,
                            DeltaDiscoveryResponse.getDefaultInstance(),
                            LabelRelay.this::labelled)
                    : relay(
                            method,
                            DiscoveryRequest.getDefaultInstance(),
                            LabelRelay.this::restored,
                            DiscoveryResponse.getDefaultInstance(),
                            LabelRelay.this::labelled);
        }
    }

    private <Q extends Message, R extends Message> ServerMethodDefinition<Q, R> relay(
            String name, Q request, UnaryOperator<Q> toGateway, R response, UnaryOperator<R> toHarness) {
        MethodDescriptor<Q, R> method = MethodDescriptor.<Q, R>newBuilder()
                .setType(MethodType.BIDI_STREAMING)
                .setFullMethodName(name)
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(response))
                .build();
        return ServerMethodDefinition.create(
                method,
                ServerCalls.asyncBidiStreamingCall(harness -> through(
                        toGateway,
                        ClientCalls.asyncBidiStreamingCall(
                                gateway.newCall(method, CallOptions.DEFAULT), through(toHarness, harness)))));
    }

    private static <T> StreamObserver<T> through(UnaryOperator<T> change, StreamObserver<T> to) {
        return new StreamObserver<>() {
            @Override
            public void onNext(T message) {
                to.onNext(change.apply(message));
            }

            @Override
            public void onError(Throwable error) {
                to.onError(error);
            }

            @Override
            public void onCompleted() {
                to.onCompleted();
            }
        };
    }

    private DiscoveryResponse labelled(DiscoveryResponse response) {
        return newest(response.getResourcesList())
                .map(label -> {
                    versions.put(new Told(response.getTypeUrl(), "", label), response.getVersionInfo());
                    return response.toBuilder().setVersionInfo(label).build();
                })
                .orElse(response);
    }

    private DeltaDiscoveryResponse labelled(DeltaDiscoveryResponse response) {
        DeltaDiscoveryResponse.Builder labelled = response.toBuilder();
        for (Resource.Builder each : labelled.getResourcesBuilderList()) {
            String label = Labels.of(each.getResource());
            if (!label.isEmpty()) {
                versions.put(new Told(response.getTypeUrl(), each.getName(), label), each.getVersion());
                each.setVersion(label);
            }
        }
        newest(response.getResourcesList().stream().map(Resource::getResource).toList())
                .ifPresent(labelled::setSystemVersionInfo);
        return labelled.build();
    }

    /** The harness counts upwards. */
    private static Optional<String> newest(List<Any> resources) {
        return resources.stream()
                .map(Labels::of)
                .filter(label -> !label.isEmpty())
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private DiscoveryRequest restored(DiscoveryRequest request) {
        String label = request.getVersionInfo();
        return request.toBuilder()
                .setVersionInfo(versions.getOrDefault(new Told(request.getTypeUrl(), "", label), label))
                .build();
    }

    private DeltaDiscoveryRequest restored(DeltaDiscoveryRequest request) {
        DeltaDiscoveryRequest.Builder restored = request.toBuilder();
        request.getInitialResourceVersionsMap()
                .forEach((name, label) -> restored.putInitialResourceVersions(
                        name, versions.getOrDefault(new Told(request.getTypeUrl(), name, label), label)));
        return restored.build();
    }
}
