package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.List;

/**
 * What a response says: resources and removed names, both sorted by name. `version` is SotW's version_info and empty in
 * delta. Equal contents are the same bytes for every stream, if they are given one nonce.
 */
public record Content(Variant variant, String typeUrl, String version, List<Body> resources, List<String> removed) {
    public Content {
        resources = List.copyOf(resources);
        removed = List.copyOf(removed);
    }

    /** That the resources take. */
    public long bytes() {
        long all = 0;
        for (Body body : resources) {
            all += body.size(variant == Variant.DELTA);
        }
        return all;
    }
}
