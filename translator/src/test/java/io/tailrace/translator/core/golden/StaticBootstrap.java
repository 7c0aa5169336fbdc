package io.tailrace.translator.core.golden;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceTypes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The output of many cases as one static bootstrap, so that one run of Envoy validates it: routes stand in their
 * listeners and load assignments in their clusters; names are made unique, and every listener gets a loopback address.
 */
final class StaticBootstrap {
    private final Map<String, Listener> listeners = new LinkedHashMap<>();
    private final Map<String, Cluster> clusters = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    Bootstrap bootstrap() {
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        bootstrap
                .getStaticResourcesBuilder()
                .addAllListeners(listeners.values())
                .addAllClusters(clusters.values())
                .addAllSecrets(secrets.values());
        return bootstrap.build();
    }

    /** What the nodes of a group get. */
    void add(String owner, List<Resource> resources, SortedMap<String, ClusterLoadAssignment> assignments)
            throws InvalidProtocolBufferException {
        Map<String, RouteConfiguration> routes = new LinkedHashMap<>();
        for (Resource resource : of(ResourceTypes.ROUTE_CONFIGURATION, resources)) {
            routes.put(resource.id().name(), RouteConfiguration.parseFrom(resource.bytes()));
        }
        for (Resource resource : of(ResourceTypes.LISTENER, resources)) {
            Listener listener = Listener.parseFrom(resource.bytes());
            if (!listener.hasApiListener()) { // gRPC clients' own: Envoy proper has no such listeners
                addListener(owner, inlined(listener, routes));
            }
        }
        // A raw route configuration that no listener of the group asks for is validated in one of its own.
        routes.values().forEach(route -> addListener(owner + "/routes", serving(route)));
        for (Resource resource : of(ResourceTypes.CLUSTER, resources)) {
            addCluster(owner, inlined(Cluster.parseFrom(resource.bytes()), assignments));
        }
        for (Resource resource : of(ResourceTypes.LOAD_ASSIGNMENT, resources)) {
            addCluster(owner + "/endpoints", serving(ClusterLoadAssignment.parseFrom(resource.bytes())));
        }
        for (Resource resource : of(ResourceTypes.SECRET, resources)) {
            Secret secret = Secret.parseFrom(resource.bytes());
            secrets.put(
                    owner + secret.getName(),
                    secret.toBuilder().setName(owner + secret.getName()).build());
        }
    }

    private void addListener(String owner, Listener listener) {
        String name = owner + "/" + listener.getName();
        int number = listeners.size() + 1;
        Address own = Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder()
                        .setAddress("127.1." + number / 250 + "." + (number % 250 + 1))
                        .setPortValue(10000))
                .build();
        listeners.put(name, listener.toBuilder().setName(name).setAddress(own).build());
    }

    /** The first of a name keeps it, so that routes find it. */
    private void addCluster(String owner, Cluster cluster) {
        String name = clusters.containsKey(cluster.getName()) ? owner + "/" + cluster.getName() : cluster.getName();
        clusters.put(name, cluster.toBuilder().setName(name).build());
    }

    private static Listener inlined(Listener listener, Map<String, RouteConfiguration> routes)
            throws InvalidProtocolBufferException {
        Listener.Builder inlined = listener.toBuilder();
        for (FilterChain.Builder chain : inlined.getFilterChainsBuilderList()) {
            for (Filter.Builder filter : chain.getFiltersBuilderList()) {
                filter.setTypedConfig(inlined(filter.getTypedConfig(), routes));
            }
        }
        return inlined.build();
    }

    private static Any inlined(Any config, Map<String, RouteConfiguration> routes)
            throws InvalidProtocolBufferException {
        if (!config.is(HttpConnectionManager.class)) {
            return config;
        }
        HttpConnectionManager manager = config.unpack(HttpConnectionManager.class);
        RouteConfiguration route = routes.remove(manager.getRds().getRouteConfigName());
        return route == null
                ? config
                : Any.pack(manager.toBuilder().setRouteConfig(route).build());
    }

    private static Cluster inlined(Cluster cluster, SortedMap<String, ClusterLoadAssignment> assignments) {
        if (cluster.getType() != Cluster.DiscoveryType.EDS) {
            return cluster;
        }
        ClusterLoadAssignment assignment =
                assignments.getOrDefault(cluster.getName(), ClusterLoadAssignment.getDefaultInstance());
        return cluster.toBuilder()
                .clearEdsClusterConfig()
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(assignment.toBuilder().setClusterName(cluster.getName()))
                .build();
    }

    private static Listener serving(RouteConfiguration route) {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix("routes")
                .setRouteConfig(route)
                .addHttpFilters(HttpFilter.newBuilder()
                        .setName("envoy.filters.http.router")
                        .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                .build();
        Filter filter = Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Any.pack(manager))
                .build();
        return Listener.newBuilder()
                .setName(route.getName())
                .addFilterChains(FilterChain.newBuilder().addFilters(filter))
                .build();
    }

    private static Cluster serving(ClusterLoadAssignment assignment) {
        return Cluster.newBuilder()
                .setName(assignment.getClusterName())
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(assignment)
                .build();
    }

    private static List<Resource> of(String typeUrl, List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.id().typeUrl().equals(typeUrl))
                .toList();
    }
}
