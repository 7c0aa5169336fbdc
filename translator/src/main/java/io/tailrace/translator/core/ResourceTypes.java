package io.tailrace.translator.core;

import io.tailrace.schemas.check.EnvoyResourceType;
import java.util.Set;

/** The type URLs that the translation itself deals with. Raw resources may be of any other. */
public final class ResourceTypes {
    public static final String LISTENER = EnvoyResourceType.LISTENER.typeUrl();
    public static final String ROUTE_CONFIGURATION = EnvoyResourceType.ROUTE_CONFIGURATION.typeUrl();
    public static final String CLUSTER = EnvoyResourceType.CLUSTER.typeUrl();
    public static final String LOAD_ASSIGNMENT = EnvoyResourceType.CLUSTER_LOAD_ASSIGNMENT.typeUrl();
    public static final String SECRET = EnvoyResourceType.SECRET.typeUrl();
    public static final String EXTENSION_CONFIG = EnvoyResourceType.TYPED_EXTENSION_CONFIG.typeUrl();

    private static final Set<String> WILDCARD =
            Set.of(LISTENER, CLUSTER, EnvoyResourceType.SCOPED_ROUTE_CONFIGURATION.typeUrl());

    private ResourceTypes() {}

    /** As people call it: "Cluster". */
    public static String shortName(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
    }

    /** Whether a wildcard subscription gives it: Envoy asks for all listeners, clusters and scoped routes. */
    public static boolean wildcard(String typeUrl) {
        return WILDCARD.contains(typeUrl);
    }
}
