package io.tailrace.translator.core.clusters;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The load assignment of one port of a Service. Endpoints of a locality stand together, in the order of their keys; all
 * have priority 0. Every locality and endpoint has a weight of 1 or more, since grpc-java drops localities without one.
 */
public final class LoadAssignments {
    private static final Comparator<Locality> BY_AREA = Comparator.comparing(Locality::getRegion)
            .thenComparing(Locality::getZone)
            .thenComparing(Locality::getSubZone);

    // Envoy wants the sum over localities below 2^32.
    private static final int MAX_WEIGHT = 1 << 20;

    private LoadAssignments() {}

    /**
     * With no endpoints too: every port has its assignment from the first moment.
     *
     * @param endpoints in the order of their keys
     */
    public static ClusterLoadAssignment of(PortPolicy policy, Collection<Endpoint> endpoints) {
        SortedMap<Locality, LocalityLbEndpoints.Builder> localities = new TreeMap<>(BY_AREA);
        Set<SocketAddress> seen = new HashSet<>();
        for (Endpoint endpoint : endpoints) {
            if (serves(endpoint, policy)) {
                EndpointSpec spec = endpoint.getSpec();
                SocketAddress address = address(spec, spec.getPortsOrThrow(policy.getName()));
                // Of two with one address and port, Envoy would take one: the first by source and instance.
                if (seen.add(address)) {
                    localities
                            .computeIfAbsent(locality(spec), LoadAssignments::inLocality)
                            .addLbEndpoints(lbEndpoint(spec, address));
                }
            }
        }
        ClusterLoadAssignment.Builder assignment =
                ClusterLoadAssignment.newBuilder().setClusterName(policy.getAssignment());
        localities.values().forEach(locality -> assignment.addEndpoints(weighted(locality)));
        return assignment.build();
    }

    /** Whether an endpoint is of any effect on a port: the others of its service need not be computed anew. */
    public static boolean serves(Endpoint endpoint, PortPolicy policy) {
        return endpoint.getSpec().containsPorts(policy.getName());
    }

    private static LbEndpoint lbEndpoint(EndpointSpec spec, SocketAddress address) {
        return LbEndpoint.newBuilder()
                .setEndpoint(io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                        .setAddress(Address.newBuilder().setSocketAddress(address)))
                .setHealthStatus(health(spec.getHealth()))
                .setLoadBalancingWeight(UInt32Value.of(spec.hasWeight() ? Math.max(1, spec.getWeight()) : 1))
                .build();
    }

    private static SocketAddress address(EndpointSpec spec, int port) {
        return SocketAddress.newBuilder()
                .setAddress(spec.getAddress())
                .setPortValue(port)
                .build();
    }

    private static HealthStatus health(EndpointSpec.Health health) {
        return switch (health) {
            case HEALTH_UNSPECIFIED, UNRECOGNIZED, Healthy -> HealthStatus.HEALTHY;
            case Unhealthy -> HealthStatus.UNHEALTHY;
            case Draining -> HealthStatus.DRAINING;
        };
    }

    private static Locality locality(EndpointSpec spec) {
        return Locality.newBuilder()
                .setRegion(spec.getLocality().getRegion())
                .setZone(spec.getLocality().getZone())
                .setSubZone(spec.getLocality().getSubZone())
                .build();
    }

    private static LocalityLbEndpoints.Builder inLocality(Locality locality) {
        return LocalityLbEndpoints.newBuilder().setLocality(locality);
    }

    /** A locality weighs what its healthy endpoints weigh, so that clients that go by localities spread evenly. */
    private static LocalityLbEndpoints weighted(LocalityLbEndpoints.Builder locality) {
        long weight = locality.getLbEndpointsList().stream()
                .filter(endpoint -> endpoint.getHealthStatus() == HealthStatus.HEALTHY)
                .mapToLong(endpoint -> endpoint.getLoadBalancingWeight().getValue())
                .sum();
        int bounded = Math.clamp(weight, 1, MAX_WEIGHT);
        return locality.setLoadBalancingWeight(UInt32Value.of(bounded)).build();
    }
}
