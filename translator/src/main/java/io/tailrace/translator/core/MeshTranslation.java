package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.Group;
import io.tailrace.schemas.log.v1.ObjectStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What a whole mesh becomes.
 *
 * @param statuses of every object
 */
public record MeshTranslation(
        SortedMap<String, OfGroup> groups,
        SortedMap<ConfigKey, ServiceTranslation> services,
        SortedMap<ConfigKey, ObjectStatus> statuses) {

    /** A group: the nodes that it selects, and what they get. */
    public record OfGroup(Group group, Translation translation) {}

    /** All that the nodes of a group get, the clusters that they share with others too, sorted by type and name. */
    public List<Resource> resourcesOf(String group) {
        Translation translation =
                Objects.requireNonNull(groups.get(group), group).translation();
        Map<ListEntry, Resource> bodies = new HashMap<>();
        translation.resources().values().forEach(resource -> bodies.put(resource.entry(), resource));
        services.values()
                .forEach(service -> service.clusters().forEach(cluster -> bodies.put(cluster.entry(), cluster)));
        return translation.entries().stream()
                .flatMap(entry -> Stream.ofNullable(bodies.get(entry)))
                .toList();
    }
}
