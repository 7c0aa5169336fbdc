package io.tailrace.gateway.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two views, as names: it says whom to wake, not what to send (XDS.md, rule 27).
 *
 * @param names by group and type, the names that mean something else to the group's nodes now, aliases included
 * @param shared by mesh, the bodies that differ and belong to no group (load assignments are of interest by name)
 * @param meshes where nodes may belong to another group now
 */
public record ViewChange(
        Map<GroupName, Map<String, Set<String>>> names, Map<String, Set<ResourceName>> shared, Set<String> meshes) {
    public static final ViewChange NONE = new ViewChange(Map.of(), Map.of(), Set.of());

    /** A group's name is unique in its mesh only. */
    public record GroupName(String mesh, String group) {}

    public boolean isEmpty() {
        return names.isEmpty() && shared.isEmpty() && meshes.isEmpty();
    }

    /** By type. */
    public Map<String, Set<String>> names(String mesh, String group) {
        return names.getOrDefault(new GroupName(mesh, group), Map.of());
    }

    public Set<ResourceName> shared(String mesh) {
        return shared.getOrDefault(mesh, Set.of());
    }

    /** Compares two views that did not come of one another (one was read anew). Costs as much as they hold. */
    public static ViewChange between(View before, View after) {
        ChangedNames changed = new ChangedNames();
        Set<String> meshes = new HashSet<>(before.meshes().keySet());
        meshes.addAll(after.meshes().keySet());
        for (String mesh : meshes) {
            compareGroups(mesh, before, after, changed);
            compareBodies(mesh, before.mesh(mesh), after.mesh(mesh), changed);
        }
        return changed.toChange();
    }

    private static void compareGroups(String mesh, View before, View after, ChangedNames changed) {
        Set<String> groups = new HashSet<>(before.mesh(mesh).groups().keySet());
        groups.addAll(after.mesh(mesh).groups().keySet());
        for (String name : groups) {
            Group oldGroup = before.mesh(mesh).groups().getOrDefault(name, Group.EMPTY);
            Group newGroup = after.mesh(mesh).groups().getOrDefault(name, Group.EMPTY);
            if (!Objects.equals(oldGroup.selector(), newGroup.selector())) {
                changed.selection(mesh);
            }
            GroupView oldView = new GroupView(before.number(), mesh, name, before.mesh(mesh), oldGroup);
            GroupView newView = new GroupView(after.number(), mesh, name, after.mesh(mesh), newGroup);
            Set<ResourceName> all = oldView.names();
            all.addAll(newView.names());
            for (ResourceName resource : all) {
                if (differs(oldView.find(resource), newView.find(resource))
                        || oldView.isWildcard(resource.typeUrl(), resource.name())
                                != newView.isWildcard(resource.typeUrl(), resource.name())) {
                    changed.name(mesh, name, resource);
                    oldView.aliases(resource.typeUrl(), resource.name())
                            .forEach(alias -> changed.name(mesh, name, new ResourceName(resource.typeUrl(), alias)));
                    newView.aliases(resource.typeUrl(), resource.name())
                            .forEach(alias -> changed.name(mesh, name, new ResourceName(resource.typeUrl(), alias)));
                }
            }
        }
    }

    private static void compareBodies(String mesh, Mesh before, Mesh after, ChangedNames changed) {
        Set<BodyKey> keys = new HashSet<>(before.bodies().keySet());
        keys.addAll(after.bodies().keySet());
        for (BodyKey key : keys) {
            if (key.scope().isEmpty()
                    && differs(before.bodies().get(key), after.bodies().get(key))) {
                changed.shared(mesh, key.resource());
            }
        }
    }

    static boolean differs(@Nullable Body one, @Nullable Body other) {
        return (one == null || other == null) ? one != other : !one.sameContent(other);
    }

    /** Collects a change. */
    static final class ChangedNames {
        private final Map<GroupName, Map<String, Set<String>>> names = new HashMap<>();
        private final Map<String, Set<ResourceName>> shared = new HashMap<>();
        private final Set<String> meshes = new HashSet<>();

        void name(String mesh, String group, ResourceName name) {
            names.computeIfAbsent(new GroupName(mesh, group), g -> new HashMap<>())
                    .computeIfAbsent(name.typeUrl(), t -> new HashSet<>())
                    .add(name.name());
        }

        void shared(String mesh, ResourceName name) {
            shared.computeIfAbsent(mesh, m -> new HashSet<>()).add(name);
        }

        void selection(String mesh) {
            meshes.add(mesh);
        }

        ViewChange toChange() {
            return new ViewChange(names, shared, meshes);
        }
    }
}
