package io.tailrace.cli.objects;

import io.tailrace.cli.output.Rows;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What groups get otherwise than before, resource by resource. */
final class GroupChanges {
    private final Rows rows = new Rows("group", "change", "type", "name");

    /** Adds the difference of one mesh. */
    void add(String mesh, OfflineTranslation before, OfflineTranslation after) {
        TreeSet<String> groups = new TreeSet<>(before.groups());
        groups.addAll(after.groups());
        for (String group : groups) {
            SortedMap<ResourceName, Resource> had = resources(before, group);
            SortedMap<ResourceName, Resource> has = resources(after, group);
            TreeSet<ResourceName> names = new TreeSet<>(had.keySet());
            names.addAll(has.keySet());
            for (ResourceName name : names) {
                Resource then = had.get(name);
                Resource now = has.get(name);
                if (then == null) {
                    row(mesh, group, "added", name);
                } else if (now == null) {
                    row(mesh, group, "removed", name);
                } else if (!then.sameContent(now)) {
                    row(mesh, group, "changed", name);
                }
            }
        }
    }

    /** Sorted by group, type and name within a mesh. */
    Rows rows() {
        return rows;
    }

    private void row(String mesh, String group, String change, ResourceName name) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("mesh", mesh);
        row.put("group", group);
        row.put("change", change);
        row.put("type", ResourceTypes.shortName(name.typeUrl()));
        row.put("name", name.name());
        rows.add(row);
    }

    private static SortedMap<ResourceName, Resource> resources(OfflineTranslation translation, String group) {
        SortedMap<ResourceName, Resource> resources = new TreeMap<>();
        if (translation.groups().contains(group)) {
            translation.resourcesOf(group).forEach(resource -> resources.put(resource.id(), resource));
        }
        return resources;
    }
}
