package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.translator.core.backends.Backend;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what a group's translation gives. */
final class GroupOutput {
    private final String group;
    private final SortedMap<ResourceName, Resource> resources = new TreeMap<>();
    private final SortedSet<ResourceName> shared = new TreeSet<>();
    private final SortedMap<ConfigKey, ObjectStatus> statuses = new TreeMap<>();

    GroupOutput(String group) {
        this.group = group;
    }

    String group() {
        return group;
    }

    /** What is added later stands in for what has its name. */
    void add(Resource resource) {
        resources.put(resource.id(), resource);
    }

    /** The group needs the backend's cluster. */
    void use(Backend backend) {
        if (backend instanceof Backend.Found found) {
            shared.add(found.ref());
        }
    }

    void say(ConfigKey object, ObjectStatus status) {
        statuses.put(object, status);
    }

    List<Resource> resourcesOf(String typeUrl) {
        return resources.values().stream()
                .filter(resource -> resource.id().typeUrl().equals(typeUrl))
                .toList();
    }

    Translation translation() {
        SortedSet<ListEntry> entries = new TreeSet<>();
        resources.values().forEach(resource -> entries.add(resource.entry()));
        shared.stream()
                .filter(name -> !resources.containsKey(name))
                .forEach(name -> entries.add(new ListEntry(name, "")));
        return new Translation(resources, entries, statuses);
    }
}
