package io.tailrace.translator.core;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.Set;

/** The type URLs that the translation itself knows. Raw resources may be of any other. */
public final class ResourceTypes {
    public static final String LISTENER = url(Listener.getDefaultInstance());
    public static final String ROUTE_CONFIGURATION = url(RouteConfiguration.getDefaultInstance());
    public static final String CLUSTER = url(Cluster.getDefaultInstance());
    public static final String LOAD_ASSIGNMENT = url(ClusterLoadAssignment.getDefaultInstance());
    public static final String SECRET = url(Secret.getDefaultInstance());
    public static final String EXTENSION_CONFIG = url(TypedExtensionConfig.getDefaultInstance());

    private static final Set<String> WILDCARD =
            Set.of(LISTENER, CLUSTER, url(ScopedRouteConfiguration.getDefaultInstance()));

    private ResourceTypes() {}

    /** Whether a wildcard subscription gives it: Envoy asks for all listeners, clusters and scoped routes. */
    public static boolean wildcard(String typeUrl) {
        return WILDCARD.contains(typeUrl);
    }

    private static String url(Message message) {
        return Deterministic.typeUrl(message);
    }
}
