package io.tailrace.gateway.server;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.ScopedRoutesDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.VirtualHostDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.runtime.v3.RuntimeDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.tailrace.gateway.view.Types;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A service for one type as Envoy's own stubs have it, and a name that the tests' view has of its type. */
record PerTypeService(
        String typeUrl,
        String name,
        @Nullable MethodDescriptor<DiscoveryRequest, DiscoveryResponse> sotwMethod,
        MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta) {
    static final List<PerTypeService> ALL = List.of(
            new PerTypeService(
                    Types.LISTENER,
                    "l",
                    ListenerDiscoveryServiceGrpc.getStreamListenersMethod(),
                    ListenerDiscoveryServiceGrpc.getDeltaListenersMethod()),
            new PerTypeService(
                    Types.ROUTE,
                    "r",
                    RouteDiscoveryServiceGrpc.getStreamRoutesMethod(),
                    RouteDiscoveryServiceGrpc.getDeltaRoutesMethod()),
            new PerTypeService(
                    Types.SCOPED_ROUTE,
                    "one",
                    ScopedRoutesDiscoveryServiceGrpc.getStreamScopedRoutesMethod(),
                    ScopedRoutesDiscoveryServiceGrpc.getDeltaScopedRoutesMethod()),
            new PerTypeService(
                    Types.VIRTUAL_HOST, "one", null, VirtualHostDiscoveryServiceGrpc.getDeltaVirtualHostsMethod()),
            new PerTypeService(
                    Types.CLUSTER,
                    "a",
                    ClusterDiscoveryServiceGrpc.getStreamClustersMethod(),
                    ClusterDiscoveryServiceGrpc.getDeltaClustersMethod()),
            new PerTypeService(
                    Types.ASSIGNMENT,
                    "a~1",
                    EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod(),
                    EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod()),
            new PerTypeService(
                    Types.SECRET,
                    "one",
                    SecretDiscoveryServiceGrpc.getStreamSecretsMethod(),
                    SecretDiscoveryServiceGrpc.getDeltaSecretsMethod()),
            new PerTypeService(
                    Types.EXTENSION,
                    "one",
                    ExtensionConfigDiscoveryServiceGrpc.getStreamExtensionConfigsMethod(),
                    ExtensionConfigDiscoveryServiceGrpc.getDeltaExtensionConfigsMethod()),
            new PerTypeService(
                    Types.RUNTIME,
                    "one",
                    RuntimeDiscoveryServiceGrpc.getStreamRuntimeMethod(),
                    RuntimeDiscoveryServiceGrpc.getDeltaRuntimeMethod()));

    boolean hasSotw() {
        return sotwMethod != null;
    }

    MethodDescriptor<DiscoveryRequest, DiscoveryResponse> sotw() {
        return Objects.requireNonNull(sotwMethod);
    }

    /** The streaming methods by service, from Envoy's API. (Those that are polled by REST are no streams.) */
    static Map<String, List<String>> definedByEnvoy() {
        return Stream.of(
                        AggregatedDiscoveryServiceGrpc.getServiceDescriptor(),
                        ListenerDiscoveryServiceGrpc.getServiceDescriptor(),
                        RouteDiscoveryServiceGrpc.getServiceDescriptor(),
                        ScopedRoutesDiscoveryServiceGrpc.getServiceDescriptor(),
                        VirtualHostDiscoveryServiceGrpc.getServiceDescriptor(),
                        ClusterDiscoveryServiceGrpc.getServiceDescriptor(),
                        EndpointDiscoveryServiceGrpc.getServiceDescriptor(),
                        SecretDiscoveryServiceGrpc.getServiceDescriptor(),
                        ExtensionConfigDiscoveryServiceGrpc.getServiceDescriptor(),
                        RuntimeDiscoveryServiceGrpc.getServiceDescriptor())
                .collect(Collectors.toMap(
                        ServiceDescriptor::getName,
                        descriptor -> descriptor.getMethods().stream()
                                .filter(method -> method.getType() == MethodDescriptor.MethodType.BIDI_STREAMING)
                                .map(MethodDescriptor::getBareMethodName)
                                .sorted()
                                .toList()));
    }

    /** ADS for a client that sends whatever bytes. */
    static MethodDescriptor<byte[], DeltaDiscoveryResponse> garbage() {
        return AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod().toBuilder(
                        new Bytes(),
                        AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod()
                                .getResponseMarshaller())
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException("a client sends them");
        }
    }

    @Override
    public String toString() {
        return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
    }
}
