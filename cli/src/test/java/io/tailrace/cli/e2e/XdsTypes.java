package io.tailrace.cli.e2e;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;

/** The types that an Envoy asks for first. */
public final class XdsTypes {
    public static final String CLUSTER = "type.googleapis.com/envoy.config.cluster.v3.Cluster";
    public static final String ASSIGNMENT = "type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment";
    public static final String LISTENER = "type.googleapis.com/envoy.config.listener.v3.Listener";
    public static final String ROUTE = "type.googleapis.com/envoy.config.route.v3.RouteConfiguration";

    private XdsTypes() {}

    static String nameOf(Any resource) throws InvalidProtocolBufferException {
        return switch (resource.getTypeUrl()) {
            case CLUSTER -> Cluster.parseFrom(resource.getValue()).getName();
            case ASSIGNMENT ->
                ClusterLoadAssignment.parseFrom(resource.getValue()).getClusterName();
            case LISTENER -> Listener.parseFrom(resource.getValue()).getName();
            case ROUTE -> RouteConfiguration.parseFrom(resource.getValue()).getName();
            default -> throw new IllegalArgumentException(resource.getTypeUrl());
        };
    }
}
