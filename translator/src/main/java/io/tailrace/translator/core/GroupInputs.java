package io.tailrace.translator.core;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import java.util.List;
import java.util.SortedMap;

/**
 * All that a group's translation depends on. More than that may be there: what doesn't concern the group is left alone,
 * so an index that names too much costs time, never correctness.
 *
 * @param objects Gateways and EnvoyResources that name the group, routes that name those Gateways, Services that any of
 *     these refer to
 * @param deletions the revision of the deletion of what these refer to and is gone
 */
public record GroupInputs(String group, SortedMap<ConfigKey, Placed<?>> objects, SortedMap<ConfigKey, Long> deletions) {

    /** The objects of a kind, in the order in which they have what two ask for. */
    public <T extends Message> List<Placed<T>> all(Kind kind, Class<T> type) {
        return objects.values().stream()
                .filter(placed -> placed.key().kind() == kind)
                .sorted(Placed.PRECEDENCE)
                .map(placed -> new Placed<>(placed.key(), type.cast(placed.value()), placed.revision()))
                .toList();
    }
}
