package io.tailrace.cli.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.bootstrap.v3.Admin;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.DynamicResources;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap.StaticResources;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource.ApiType;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.BackoffStrategy;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.GrpcService.EnvoyGrpc;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.KeepaliveSettings;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.RetryPolicy;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.List;

/**
 * The bootstrap of an Envoy that takes everything over one ADS stream. Listeners and clusters wait without limit for the
 * first answer, so that an Envoy that starts while no gateway answers waits rather than serves nothing.
 */
public final class EnvoyBootstrap {
    private static final String XDS_CLUSTER = "xds";
    private static final String HTTP_PROTOCOL_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    /** Between attempts to reach a gateway. With Envoy's own, of up to 30 s, a fleet would follow a restart as late. */
    private static final BackoffStrategy RETRY = BackoffStrategy.newBuilder()
            .setBaseInterval(Duration.newBuilder().setNanos(500_000_000))
            .setMaxInterval(Duration.newBuilder().setSeconds(5))
            .build();

    /** Envoy can do both, and doesn't say so by itself: a gateway passes ttls on to who does. */
    private static final List<String> TTLS = List.of("xds.config.supports-resource-ttl", "xds.config.resource-in-sotw");

    private EnvoyBootstrap() {}

    public static Bootstrap of(BootstrapSpec spec) {
        return Bootstrap.newBuilder()
                .setNode(node(spec))
                .setAdmin(Admin.newBuilder().setAddress(address(new Bind("127.0.0.1", spec.adminPort()))))
                .setDynamicResources(DynamicResources.newBuilder()
                        .setAdsConfig(ads(spec.variant()))
                        .setCdsConfig(overAds())
                        .setLdsConfig(overAds()))
                .setStaticResources(StaticResources.newBuilder().addClusters(xdsCluster(spec)))
                .build();
    }

    private static Node node(BootstrapSpec spec) {
        return Node.newBuilder()
                .setId(spec.nodeId())
                .setCluster(spec.group())
                .addAllClientFeatures(TTLS)
                .setMetadata(Struct.newBuilder()
                        .putFields(
                                "mesh",
                                Value.newBuilder().setStringValue(spec.mesh()).build()))
                .build();
    }

    private static ApiConfigSource ads(BootstrapSpec.Variant variant) {
        return ApiConfigSource.newBuilder()
                .setApiType(
                        switch (variant) {
                            case DELTA -> ApiType.DELTA_GRPC;
                            case SOTW -> ApiType.GRPC;
                        })
                .setTransportApiVersion(ApiVersion.V3)
                .setSetNodeOnFirstMessageOnly(true)
                .addGrpcServices(GrpcService.newBuilder()
                        .setEnvoyGrpc(EnvoyGrpc.newBuilder()
                                .setClusterName(XDS_CLUSTER)
                                .setRetryPolicy(RetryPolicy.newBuilder().setRetryBackOff(RETRY))))
                .build();
    }

    private static ConfigSource overAds() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .setInitialFetchTimeout(Duration.getDefaultInstance())
                .build();
    }

    private static Cluster xdsCluster(BootstrapSpec spec) {
        boolean numeric = spec.gateways().stream().allMatch(HostAndPort::isNumeric);
        LocalityLbEndpoints.Builder endpoints = LocalityLbEndpoints.newBuilder();
        spec.gateways().forEach(gateway -> endpoints.addLbEndpoints(lbEndpoint(gateway)));
        return Cluster.newBuilder()
                .setName(XDS_CLUSTER)
                .setType(numeric ? DiscoveryType.STATIC : DiscoveryType.STRICT_DNS)
                .setConnectTimeout(Duration.newBuilder().setSeconds(1))
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(XDS_CLUSTER)
                        .addEndpoints(endpoints))
                .putTypedExtensionProtocolOptions(HTTP_PROTOCOL_OPTIONS, http2WithKeepalive())
                .build();
    }

    /** Finds a gateway that is gone without a word (a host that lost its power) within 15 s. */
    private static Any http2WithKeepalive() {
        return Deterministic.pack(HttpProtocolOptions.newBuilder()
                .setExplicitHttpConfig(HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                        .setHttp2ProtocolOptions(Http2ProtocolOptions.newBuilder()
                                .setConnectionKeepalive(KeepaliveSettings.newBuilder()
                                        .setInterval(Duration.newBuilder().setSeconds(10))
                                        .setTimeout(Duration.newBuilder().setSeconds(5)))
                                .setMaxConcurrentStreams(UInt32Value.of(100))))
                .build());
    }

    private static LbEndpoint lbEndpoint(HostAndPort gateway) {
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(address(new Bind(gateway.host(), gateway.port()))))
                .build();
    }

    private static Address address(Bind bind) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress(bind.host()).setPortValue(bind.port()))
                .build();
    }

    /** Unlike {@link HostAndPort}, port 0 is one: any free port. */
    private record Bind(String host, int port) {}
}
