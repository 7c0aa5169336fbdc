package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What a view has by the names of one list: by each name one. */
final class ListedBodies {
    private final List<Body> all;
    private final long fingerprint;
    private final boolean timed;

    ListedBodies(Collection<Body> bodies) {
        all = bodies.stream().sorted(Comparator.comparing(Body::name)).toList();
        fingerprint = bodies.stream().mapToLong(Body::fingerprint).sum();
        timed = bodies.stream().anyMatch(body -> body.ttlMs() > 0);
    }

    /** Sorted by name. */
    List<Body> all() {
        return all;
    }

    /** One has a ttl: it is sent even to a client that has it (rule 28). */
    boolean hasTtls() {
        return timed;
    }

    /** The client has just these, at these versions. */
    boolean areShown(VersionList versions) {
        return versions.size() == all.size() && versions.fingerprint() == fingerprint;
    }
}
