package io.tailrace.translator.config;

import io.tailrace.translator.core.ListEntry;
import io.tailrace.translator.core.ResourceName;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which groups' lists name a shared body of a mesh: it stands while any does. */
final class SharedUses {
    private final Edges<ResourceName, String> groups = new Edges<>();

    boolean isUsed(ResourceName id) {
        return !groups.to(id).isEmpty();
    }

    /** Gives the names that came or went. */
    SortedSet<ResourceName> replace(String group, Collection<ListEntry> before, Collection<ListEntry> after) {
        SortedSet<ResourceName> gone = shared(before);
        SortedSet<ResourceName> come = shared(after);
        SortedSet<ResourceName> same = new TreeSet<>(gone);
        same.retainAll(come);
        gone.removeAll(same);
        come.removeAll(same);
        gone.forEach(id -> groups.remove(id, group));
        come.forEach(id -> groups.add(id, group));
        come.addAll(gone);
        return come;
    }

    private static SortedSet<ResourceName> shared(Collection<ListEntry> entries) {
        SortedSet<ResourceName> shared = new TreeSet<>();
        entries.stream().filter(entry -> entry.scope().isEmpty()).forEach(entry -> shared.add(entry.id()));
        return shared;
    }
}
