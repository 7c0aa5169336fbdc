package io.tailrace.gateway.view;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the nodes of one group may have, in one view. */
public final class GroupView {
    private final long number;
    private final String meshName;
    private final String name;
    private final Mesh mesh;
    private final Group group;

    GroupView(long number, String meshName, String name, Mesh mesh, Group group) {
        this.number = number;
        this.meshName = meshName;
        this.name = name;
        this.mesh = mesh;
        this.group = group;
    }

    /** That of its view. */
    public long number() {
        return number;
    }

    public String mesh() {
        return meshName;
    }

    public String name() {
        return name;
    }

    /** What the group's lists have by this name or alias, or else what something in its lists refers to. */
    public @Nullable Body find(ResourceName wanted) {
        Entry entry = group.list(wanted.typeUrl()).find(wanted.name());
        if (entry != null) {
            Body body = mesh.bodies().get(entry.key(wanted.typeUrl()));
            return body == null || entry.aliases().isEmpty() ? body : body.withAliases(entry.aliases());
        }
        return group.references().containsKey(wanted) ? mesh.shared(wanted) : null;
    }

    /** The name that the group's list has for a name or an alias of it; the same if it knows none. */
    public String canonical(String typeUrl, String nameOrAlias) {
        Entry entry = group.list(typeUrl).find(nameOrAlias);
        return entry == null ? nameOrAlias : entry.name();
    }

    public List<String> aliases(String typeUrl, String name) {
        Entry entry = group.list(typeUrl).find(name);
        return entry == null ? List.of() : entry.aliases();
    }

    /** Whether a wildcard subscription gives it. */
    public boolean isWildcard(String typeUrl, String name) {
        Entry entry = group.list(typeUrl).entries().get(name);
        return entry != null && entry.wildcard();
    }

    /** The names that a wildcard subscription gives. */
    public List<String> wildcard(String typeUrl) {
        List<String> names = new ArrayList<>();
        for (Entry entry : group.list(typeUrl).entries().values()) {
            if (entry.wildcard()) {
                names.add(entry.name());
            }
        }
        return names;
    }

    /** Clusters that left the group lately: as the mesh has them, or as they were when they left it too. */
    public List<Body> departedClusters() {
        return group.departedClusters().values().stream()
                .map(departed -> mesh.bodies().getOrDefault(departed.key(), departed.body()))
                .toList();
    }

    /** The load assignment of a cluster that a node has, be it listed no more or gone from the mesh lately. */
    public @Nullable Body assignment(String assignment) {
        Body body = mesh.shared(new ResourceName(Types.ASSIGNMENT, assignment));
        if (body != null) {
            return body;
        }
        Departed departed = mesh.departedAssignments().get(assignment);
        return departed == null ? null : departed.body();
    }

    /** All names that the group's nodes may ask for. */
    Set<ResourceName> names() {
        Set<ResourceName> names = new HashSet<>(group.references().keySet());
        group.lists()
                .forEach((type, list) ->
                        list.entries().keySet().forEach(entry -> names.add(new ResourceName(type, entry))));
        return names;
    }
}
