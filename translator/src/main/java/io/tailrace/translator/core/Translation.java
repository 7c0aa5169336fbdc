package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one group's nodes get, and what is to be said of the objects that it is made of.
 *
 * @param resources the group's own bodies (scope = group)
 * @param entries the group's whole list: its own resources, and the clusters that it shares with others (scope empty)
 * @param statuses this group's word on each of its objects; {@link io.tailrace.translator.core.status.Statuses} makes one
 *     status of the words of all groups
 */
public record Translation(
        SortedMap<ResourceName, Resource> resources,
        SortedSet<ListEntry> entries,
        SortedMap<ConfigKey, ObjectStatus> statuses) {}
