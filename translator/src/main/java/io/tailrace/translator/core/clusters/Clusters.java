package io.tailrace.translator.core.clusters;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.envoyproxy.envoy.type.v3.Percent;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.v1.LoadBalancer;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import io.tailrace.translator.core.ConfigSources;
import io.tailrace.translator.core.ProtoDurations;
import java.util.Optional;

/** Envoy clusters of a Service: one for each port. */
final class Clusters {
    private static final Duration CONNECT_TIMEOUT = Durations.fromSeconds(5);
    private static final String PROTOCOL_OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private Clusters() {}

    static Cluster cluster(ClusterName name, ServiceSpec service, ServicePort port, String assignment) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name.text())
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(eds(assignment))
                .setConnectTimeout(connectTimeout(service))
                .setLbPolicy(lbPolicy(service.getLoadBalancer().getType()))
                .setCommonLbConfig(withoutPanic());
        if (name.text().indexOf('.') >= 0) {
            cluster.setAltStatName(name.text().replace('.', '_')); // a dot would split the statistic's name
        }
        protocolOptions(port.getProtocol())
                .ifPresent(options ->
                        cluster.putTypedExtensionProtocolOptions(PROTOCOL_OPTIONS, Deterministic.pack(options)));
        return cluster.build();
    }

    private static Cluster.EdsClusterConfig eds(String assignment) {
        return Cluster.EdsClusterConfig.newBuilder()
                .setEdsConfig(ConfigSources.ads())
                .setServiceName(assignment)
                .build();
    }

    private static Duration connectTimeout(ServiceSpec service) {
        return service.getConnectTimeout().isEmpty() ? CONNECT_TIMEOUT : ProtoDurations.of(service.getConnectTimeout());
    }

    private static Cluster.LbPolicy lbPolicy(LoadBalancer.Type type) {
        return switch (type) {
            case TYPE_UNSPECIFIED, UNRECOGNIZED, RoundRobin -> Cluster.LbPolicy.ROUND_ROBIN;
            case LeastRequest -> Cluster.LbPolicy.LEAST_REQUEST;
            case Random -> Cluster.LbPolicy.RANDOM;
            case RingHash -> Cluster.LbPolicy.RING_HASH;
            case Maglev -> Cluster.LbPolicy.MAGLEV;
        };
    }

    /** Else, with few endpoints healthy, Envoy sends to the unhealthy ones too. */
    private static Cluster.CommonLbConfig withoutPanic() {
        return Cluster.CommonLbConfig.newBuilder()
                .setHealthyPanicThreshold(Percent.getDefaultInstance())
                .build();
    }

    private static Optional<HttpProtocolOptions> protocolOptions(ServicePort.Protocol protocol) {
        return switch (protocol) {
            case PROTOCOL_UNSPECIFIED, UNRECOGNIZED, HTTP1 ->
                Optional.of(explicit(ExplicitHttpConfig.newBuilder()
                        .setHttpProtocolOptions(Http1ProtocolOptions.getDefaultInstance())));
            case HTTP2, GRPC ->
                Optional.of(explicit(ExplicitHttpConfig.newBuilder()
                        .setHttp2ProtocolOptions(Http2ProtocolOptions.getDefaultInstance())));
            case TCP -> Optional.empty();
        };
    }

    private static HttpProtocolOptions explicit(ExplicitHttpConfig.Builder config) {
        return HttpProtocolOptions.newBuilder().setExplicitHttpConfig(config).build();
    }
}
