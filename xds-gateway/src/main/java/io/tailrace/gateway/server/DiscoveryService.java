package io.tailrace.gateway.server;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Types;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The discovery services that Envoy defines, by their names and methods (rule 1). An empty method: Envoy doesn't define
 * that variant.
 */
enum DiscoveryService {
    ADS("discovery.v3.Aggregated", "StreamAggregatedResources", "DeltaAggregatedResources", null),
    LDS("listener.v3.Listener", "StreamListeners", "DeltaListeners", Types.LISTENER),
    RDS("route.v3.Route", "StreamRoutes", "DeltaRoutes", Types.ROUTE),
    SRDS("route.v3.ScopedRoutes", "StreamScopedRoutes", "DeltaScopedRoutes", Types.SCOPED_ROUTE),
    VHDS("route.v3.VirtualHost", "", "DeltaVirtualHosts", Types.VIRTUAL_HOST),
    CDS("cluster.v3.Cluster", "StreamClusters", "DeltaClusters", Types.CLUSTER),
    EDS("endpoint.v3.Endpoint", "StreamEndpoints", "DeltaEndpoints", Types.ASSIGNMENT),
    SDS("secret.v3.Secret", "StreamSecrets", "DeltaSecrets", Types.SECRET),
    ECDS("extension.v3.ExtensionConfig", "StreamExtensionConfigs", "DeltaExtensionConfigs", Types.EXTENSION),
    RTDS("runtime.v3.Runtime", "StreamRuntime", "DeltaRuntime", Types.RUNTIME);

    private final String service;
    private final String sotw;
    private final String delta;
    private final @Nullable String typeUrl;

    DiscoveryService(String service, String sotw, String delta, @Nullable String typeUrl) {
        this.service = "envoy.service." + service + "DiscoveryService";
        this.sotw = sotw;
        this.delta = delta;
        this.typeUrl = typeUrl;
    }

    String serviceName() {
        return service;
    }

    private StreamSettings settings(Variant variant) {
        return typeUrl == null ? StreamSettings.ads(variant) : StreamSettings.of(variant, typeUrl);
    }

    ServerServiceDefinition bind(StreamAcceptor acceptor) {
        List<MethodDescriptor<InputStream, Response>> methods = new ArrayList<>();
        List<Variant> variants = new ArrayList<>();
        if (!sotw.isEmpty()) {
            methods.add(method(sotw));
            variants.add(Variant.SOTW);
        }
        methods.add(method(delta));
        variants.add(Variant.DELTA);
        ServiceDescriptor.Builder descriptor = ServiceDescriptor.newBuilder(service);
        methods.forEach(descriptor::addMethod);
        ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(descriptor.build());
        for (int i = 0; i < methods.size(); i++) {
            StreamSettings settings = settings(variants.get(i));
            definition.addMethod(methods.get(i), (call, headers) -> acceptor.accept(call, settings));
        }
        return definition.build();
    }

    private MethodDescriptor<InputStream, Response> method(String name) {
        return MethodDescriptor.newBuilder(Requests.INSTANCE, Responses.INSTANCE)
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
                .build();
    }

    /** The stream reads them: it has an array for that. */
    private enum Requests implements MethodDescriptor.Marshaller<InputStream> {
        INSTANCE;

        @Override
        public InputStream stream(InputStream value) {
            throw new UnsupportedOperationException("a server reads requests");
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    }

    private enum Responses implements MethodDescriptor.Marshaller<Response> {
        INSTANCE;

        @Override
        public InputStream stream(Response value) {
            return new ResponseBytes(value);
        }

        @Override
        public Response parse(InputStream stream) {
            throw new UnsupportedOperationException("a server writes responses");
        }
    }
}
