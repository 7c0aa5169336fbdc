package io.tailrace.gateway.view;

/** The type URLs that order and warming depend on (XDS.md, rules 14, 15, 22, 23). Any other type is served as well. */
public final class Types {
    private static final String PREFIX = "type.googleapis.com/";

    public static final String CLUSTER = PREFIX + "envoy.config.cluster.v3.Cluster";
    public static final String ASSIGNMENT = PREFIX + "envoy.config.endpoint.v3.ClusterLoadAssignment";
    public static final String LISTENER = PREFIX + "envoy.config.listener.v3.Listener";
    public static final String ROUTE = PREFIX + "envoy.config.route.v3.RouteConfiguration";
    public static final String SCOPED_ROUTE = PREFIX + "envoy.config.route.v3.ScopedRouteConfiguration";
    public static final String VIRTUAL_HOST = PREFIX + "envoy.config.route.v3.VirtualHost";
    public static final String SECRET = PREFIX + "envoy.extensions.transport_sockets.tls.v3.Secret";
    public static final String EXTENSION = PREFIX + "envoy.config.core.v3.TypedExtensionConfig";
    public static final String RUNTIME = PREFIX + "envoy.service.runtime.v3.Runtime";

    private Types() {}
}
