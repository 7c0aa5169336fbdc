package io.tailrace.translator.endpoints;

import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ServicePolicy;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One service as the lane knows it: its policy, its endpoints, and the assignments that stand. */
final class ServiceModel {
    private final ServiceKey key;
    private final SortedMap<EndpointKey, PlacedEndpoint> endpoints = new TreeMap<>();
    private final SortedMap<String, String> standing = new TreeMap<>();
    private @Nullable ServicePolicy policy;

    ServiceModel(ServiceKey key) {
        this.key = key;
    }

    ServiceKey key() {
        return key;
    }

    @Nullable
    ServicePolicy policy() {
        return policy;
    }

    /** In the order of their keys. */
    List<PlacedEndpoint> serving(PortPolicy port) {
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.serves(port))
                .toList();
    }

    void policy(@Nullable ServicePolicy newPolicy) {
        policy = newPolicy;
    }

    SortedMap<EndpointKey, PlacedEndpoint> endpoints() {
        return endpoints;
    }

    /** The content hashes of the assignments that stand, by name. */
    SortedMap<String, String> standing() {
        return standing;
    }

    boolean isEmpty() {
        return policy == null && endpoints.isEmpty() && standing.isEmpty();
    }
}
