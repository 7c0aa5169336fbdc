package io.tailrace.gateway.server;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Resources that a real Envoy serves traffic with: one listener, its routes by RDS, clusters by EDS. */
final class RealThings {
    private static final JsonFormat.TypeRegistry TYPES = JsonFormat.TypeRegistry.newBuilder()
            .add(HttpConnectionManager.getDescriptor())
            .add(Router.getDescriptor())
            .add(Any.getDescriptor())
            .build();

    /** The view is as new as the log. */
    static final CatchUp NEWEST = () -> CompletableFuture.allOf();

    private RealThings() {}

    private static <B extends Message.Builder> B json(B builder, String json) throws IOException {
        JsonFormat.parser().usingTypeRegistry(TYPES).merge(json.replace('\'', '"'), builder);
        return builder;
    }

    static Thing listener(int port, String routes) throws IOException {
        Message listener =
                json(Listener.newBuilder(), """
                {'name': 'l', 'address': {'socketAddress': {'address': '127.0.0.1', 'portValue': %d}}, 'filterChains': [{'filters': [{
                  'name': 'http', 'typedConfig': {
                    '@type': 'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
                    'statPrefix': 'in',
                    'rds': {'routeConfigName': '%s', 'configSource': {'ads': {}, 'resourceApiVersion': 'V3'}},
                    'httpFilters': [{'name': 'router', 'typedConfig': {
                      '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router'}}]}}]}]}
                """.formatted(port, routes)).build();
        return Thing.of(Types.LISTENER, "l", listener, true).withRefs(List.of(new ResourceName(Types.ROUTE, routes)));
    }

    static Thing route(String name, String cluster) throws IOException {
        Message route = json(RouteConfiguration.newBuilder(), """
                {'name': '%s', 'virtualHosts': [{'name': 'all', 'domains': ['*'],
                  'routes': [{'match': {'prefix': '/'}, 'route': {'cluster': '%s'}}]}]}
                """.formatted(name, cluster))
                .build();
        return Thing.of(Types.ROUTE, name, route, false).withRefs(List.of(new ResourceName(Types.CLUSTER, cluster)));
    }

    static Thing cluster(String name, int timeoutSeconds) throws IOException {
        Message cluster = json(Cluster.newBuilder(), """
                {'name': '%s', 'type': 'EDS', 'connectTimeout': '%ds', 'edsClusterConfig': {'serviceName': '%s',
                  'edsConfig': {'ads': {}, 'resourceApiVersion': 'V3', 'initialFetchTimeout': '5s'}}}
                """.formatted(name, timeoutSeconds, Thing.assignmentOf(name)))
                .build();
        return Thing.of(Types.CLUSTER, name, cluster, true)
                .withRefs(List.of(new ResourceName(Types.ASSIGNMENT, Thing.assignmentOf(name))));
    }

    static Thing assignment(String cluster, int port) throws IOException {
        String name = Thing.assignmentOf(cluster);
        Message assignment = json(ClusterLoadAssignment.newBuilder(), """
                {'clusterName': '%s', 'endpoints': [{'locality': {}, 'loadBalancingWeight': 1, 'lbEndpoints': [{'endpoint':
                  {'address': {'socketAddress': {'address': '127.0.0.1', 'portValue': %d}}}}]}]}
                """.formatted(name, port))
                .build();
        return Thing.of(Types.ASSIGNMENT, name, assignment, false);
    }
}
