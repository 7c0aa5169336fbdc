package io.tailrace.translator.core;

import io.tailrace.schemas.log.v1.GroupEntry;
import java.util.Comparator;

/** One line of a group's list: the nodes of the group get the body that this names. */
public record ListEntry(ResourceName id, String scope) implements Comparable<ListEntry> {
    private static final Comparator<ListEntry> ORDER =
            Comparator.comparing(ListEntry::id).thenComparing(ListEntry::scope);

    public GroupEntry toProto() {
        return GroupEntry.newBuilder()
                .setName(id.name())
                .setScope(scope)
                .setWildcard(ResourceTypes.wildcard(id.typeUrl()))
                .build();
    }

    @Override
    public int compareTo(ListEntry other) {
        return ORDER.compare(this, other);
    }
}
