package io.tailrace.connectors.core.diff;

import io.tailrace.schemas.kind.ObjectKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that a source wants on the log at one moment. Sources hand over whole states, never changes: so a change that was missed,
 * merged or made while the connector was down needs no code of its own.
 *
 * @param objects every object that the source wants
 * @param held objects that the source names and can't give now: what is on the log of them stays
 * @param incomplete why the source may want more than these (a file that can't be read, say): then nothing is removed. What a
 *     source knows from an earlier reading it keeps in {@code objects} instead.
 * @param problems how much of the source can't be used now; the source itself has reported each
 */
public record Snapshot(
        Map<ObjectKey, SourceObject> objects, Set<ObjectKey> held, Optional<String> incomplete, int problems) {
    public static final Snapshot EMPTY = new Snapshot(Map.of(), Set.of(), Optional.empty(), 0);

    public Snapshot {
        objects = Map.copyOf(objects);
        held = Set.copyOf(held);
    }
}
