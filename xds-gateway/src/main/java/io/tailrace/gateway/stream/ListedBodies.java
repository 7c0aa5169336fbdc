package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What one view has for one kind of client by the names of one list: by each name one. */
final class ListedBodies {
    private final List<String> names;
    private final String mesh;
    private final String group;
    private final long view;
    private final String typeUrl;
    private final boolean ttls;
    private final List<Body> all;
    private final long fingerprint;
    private final boolean timed;

    /** `ttls`: the client takes them. */
    ListedBodies(GroupView from, String typeUrl, boolean ttls, List<String> names, Collection<Body> bodies) {
        this.names = names;
        this.mesh = from.mesh();
        this.group = from.name();
        this.view = from.number();
        this.typeUrl = typeUrl;
        this.ttls = ttls;
        this.all = bodies.stream().sorted(Comparator.comparing(Body::name)).toList();
        this.fingerprint = bodies.stream().mapToLong(Body::fingerprint).sum();
        this.timed = bodies.stream().anyMatch(body -> body.ttlMs() > 0);
    }

    boolean isOf(GroupView from, String type, boolean takesTtls, List<String> list) {
        return view == from.number()
                && ttls == takesTtls
                && group.equals(from.name())
                && mesh.equals(from.mesh())
                && typeUrl.equals(type)
                && names.equals(list);
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
