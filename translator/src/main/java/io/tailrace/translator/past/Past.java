package io.tailrace.translator.past;

import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** What groups had at a moment. */
public final class Past {
    private final MeshAt mesh;

    public Past(LogState state) {
        mesh = new MeshAt(state);
    }

    /** The groups that there were, by name. */
    public SortedSet<String> groups() {
        return new TreeSet<>(mesh.groups());
    }

    /** The resource of a group whose content has this hash; empty: it has none. */
    public Optional<ResourceName> named(String group, String contentHash) {
        return resources(group).values().stream()
                .filter(resource -> Deterministic.hash16(resource.content()).equals(contentHash))
                .map(Resource::id)
                .findFirst();
    }

    /** All that the nodes of a group got, byte for byte; nothing, if there was no such group. */
    public SortedMap<ResourceName, Resource> resources(String group) {
        return mesh.resources(group).all();
    }
}
