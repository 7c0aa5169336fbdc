package io.tailrace.translator.config;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.lane.ChangeBuilder;
import java.util.Collection;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects what one event leads to: records, and what is left to look at once all groups have been. */
final class Effects {
    private final ChangeBuilder change = new ChangeBuilder();
    private final OptionalLong revision;
    private final SortedSet<ConfigKey> spokenOf = new TreeSet<>();
    private final SortedSet<ResourceName> shared = new TreeSet<>();

    /** @param revision of the event; empty: a rebuild */
    Effects(OptionalLong revision) {
        this.revision = revision;
    }

    ChangeBuilder change() {
        return change;
    }

    OptionalLong revision() {
        return revision;
    }

    /** Objects whose status may be another. */
    void speakOf(Collection<ConfigKey> objects) {
        spokenOf.addAll(objects);
    }

    SortedSet<ConfigKey> spokenOf() {
        return Collections.unmodifiableSortedSet(spokenOf);
    }

    /** Shared bodies that may be others, or come or go. */
    void lookAt(Collection<ResourceName> bodies) {
        shared.addAll(bodies);
    }

    SortedSet<ResourceName> shared() {
        return Collections.unmodifiableSortedSet(shared);
    }
}
