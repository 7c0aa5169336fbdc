package io.tailrace.gateway.view;

import java.util.Map;
import java.util.Set;

/**
 * What a client says of itself in the first message of a stream, as far as it matters here. `metadata` holds the strings
 * at the top level of the node's metadata.
 */
public record Node(
        String id,
        String cluster,
        Map<String, String> metadata,
        Locality locality,
        String userAgent,
        Set<ClientFeature> features) {
    /** From the largest area to the smallest; empty where unknown. */
    public record Locality(String region, String zone, String subZone) {
        public static final Locality UNKNOWN = new Locality("", "", "");
    }

    public Node {
        metadata = Map.copyOf(metadata);
        features = Set.copyOf(features);
    }

    /** Of a client that says nothing of what it can do. */
    public Node(String id, String cluster, Map<String, String> metadata, Locality locality, String userAgent) {
        this(id, cluster, metadata, locality, userAgent, Set.of());
    }

    /** The mesh that the node belongs to. */
    public String mesh() {
        return metadata.getOrDefault("mesh", "default");
    }
}
