package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewEdit;
import io.tailrace.gateway.view.ViewStep;
import io.tailrace.schemas.log.v1.AssignmentMarker;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Folds the records of `resources` and `assignments`, read from their start, into views. The first view comes when the
 * end is reached, no partition is unknown, and everything that is referred to is there; from then on changes are applied
 * whole, each when what it refers to is there, and load assignments at once. Belongs to the reader's thread; time is a
 * parameter.
 */
final class Fold {
    /** More than a translator's failover takes (DESIGN.md, section 2). */
    static final long PATIENCE_MS = 15_000;

    /** The compaction lag: whoever reads anew finds what departed since then, too. */
    static final long DEPARTED_MS = 15 * 60_000L;

    private static final long TIDY_MS = 60_000;

    /** How far each partition of `resources` had been read at some moment. */
    record Mark(Map<Integer, Long> sequences) {
        static final Mark NOTHING = new Mark(Map.of());
    }

    private static final class ResourcePartition {
        final Markers markers = new Markers();
        /** Since the last marker; a later record of a key replaces the one before. */
        final Map<String, Edit> open = new LinkedHashMap<>();
    }

    private final TailEvents events;
    private final Map<Integer, ResourcePartition> resources = new TreeMap<>();
    private final Map<Integer, Markers> assignments = new TreeMap<>();
    private final Map<String, MeshTail> meshes = new TreeMap<>();
    private ViewEdit edit = View.EMPTY.edit();
    private List<Long> eventTimes = new ArrayList<>();
    private boolean dirty;
    private boolean caughtUp;
    private boolean whole;
    private long lateAtMs = Long.MAX_VALUE;
    private long tidiedMs;

    /** All partitions of the two topics, from 0. */
    Fold(int resourcePartitions, int assignmentPartitions, TailEvents events) {
        this.events = events;
        for (int i = 0; i < resourcePartitions; i++) {
            resources.put(i, new ResourcePartition());
        }
        for (int i = 0; i < assignmentPartitions; i++) {
            assignments.put(i, new Markers());
        }
    }

    /** Partitions that never had a marker, as "resources-3", sorted. */
    List<String> unknown() {
        List<String> unknown = new ArrayList<>();
        resources.forEach((partition, all) -> {
            if (!all.markers.isKnown()) {
                unknown.add(Topic.RESOURCES.id() + "-" + partition);
            }
        });
        assignments.forEach((partition, markers) -> {
            if (!markers.isKnown()) {
                unknown.add(Topic.ASSIGNMENTS.id() + "-" + partition);
            }
        });
        return unknown;
    }

    boolean isWhole() {
        return whole;
    }

    /** How many changes wait for what they refer to. */
    int waiting() {
        return meshes.values().stream().mapToInt(mesh -> mesh.queue().size()).sum();
    }

    void resource(int partition, String key, byte @Nullable [] value, long nowMs) {
        ResourcePartition from = resources.computeIfAbsent(partition, _ -> new ResourcePartition());
        try {
            switch (ResourceRecords.resources(key, value)) {
                case ResourceRecords.OfResources.Of(Edit change) -> from.open.put(key, change);
                case ResourceRecords.OfResources.End(Marker marker) -> close(partition, from, marker, nowMs);
            }
        } catch (ResourceRecords.UnreadableRecordException e) {
            events.unreadable(Topic.RESOURCES, partition, key, String.valueOf(e.getMessage()));
        }
    }

    private void close(int partition, ResourcePartition from, Marker marker, long nowMs) {
        List<Edit> edits = List.copyOf(from.open.values());
        from.open.clear();
        long last = from.markers.last();
        if (!from.markers.accept(marker.getSequence())) {
            events.ignored(Topic.RESOURCES, partition, marker.getSequence(), last);
            return;
        }
        Map<String, List<Edit>> byMesh = new TreeMap<>();
        edits.forEach(change ->
                byMesh.computeIfAbsent(change.mesh(), _ -> new ArrayList<>()).add(change));
        Markers.Ticket ticket = from.markers.open(marker.getPositionsList(), byMesh.size());
        byMesh.forEach((name, own) -> {
            MeshTail mesh = mesh(name);
            Change change = new Change(marker.getSequence(), own, marker.getEventTimeMs(), nowMs + PATIENCE_MS, ticket);
            if (whole) {
                mesh.queue().add(change);
                drain(mesh, nowMs);
            } else {
                apply(change, mesh);
            }
        });
    }

    void assignment(int partition, String key, byte @Nullable [] value) {
        try {
            switch (ResourceRecords.assignments(key, value)) {
                case ResourceRecords.OfAssignments.Put put -> {
                    eventAt(put.eventTimeMs());
                    mesh(put.mesh()).put(put.body(), edit);
                    dirty = true;
                }
                case ResourceRecords.OfAssignments.Remove remove ->
                    mesh(remove.mesh()).remove(remove.name());
                case ResourceRecords.OfAssignments.Passed(AssignmentMarker marker) -> passed(partition, marker);
            }
        } catch (ResourceRecords.UnreadableRecordException e) {
            events.unreadable(Topic.ASSIGNMENTS, partition, key, String.valueOf(e.getMessage()));
        }
    }

    private void passed(int partition, AssignmentMarker marker) {
        Markers markers = assignments.computeIfAbsent(partition, _ -> new Markers());
        long last = markers.last();
        if (!markers.accept(marker.getSequence())) {
            events.ignored(Topic.ASSIGNMENTS, partition, marker.getSequence(), last);
            return;
        }
        Position position = Position.newBuilder()
                .setInput(Position.Input.ENDPOINTS)
                .setPartition(partition)
                .setOffset(marker.getEndpointsOffset())
                .build();
        markers.open(List.of(position), 0);
    }

    void caughtUp() {
        caughtUp = true;
    }

    /** What is new since the last time; empty if nothing is, or as long as there is no whole view. */
    Optional<Fresh> advance(long nowMs) {
        if (!whole && !becomesWhole(nowMs)) {
            return Optional.empty();
        }
        for (MeshTail mesh : meshes.values()) {
            drain(mesh, nowMs);
            dirty |= mesh.settle(edit);
        }
        for (ResourcePartition partition : resources.values()) {
            dirty |= partition.markers.advance(edit);
        }
        for (Markers markers : assignments.values()) {
            dirty |= markers.advance(edit);
        }
        if (!dirty) {
            return Optional.empty();
        }
        if (nowMs - tidiedMs >= TIDY_MS) {
            tidiedMs = nowMs;
            edit.forgetDepartedBefore(nowMs - DEPARTED_MS);
        }
        ViewStep step = edit.finish();
        Fresh fresh = new Fresh(step.view(), step.change(), List.copyOf(eventTimes));
        edit = step.view().edit();
        eventTimes = new ArrayList<>();
        dirty = false;
        return Optional.of(fresh);
    }

    private boolean becomesWhole(long nowMs) {
        if (!caughtUp || !unknown().isEmpty()) {
            return false;
        }
        if (lateAtMs == Long.MAX_VALUE) {
            lateAtMs = nowMs + PATIENCE_MS;
        }
        Map<String, NavigableSet<ResourceName>> lacking = new TreeMap<>();
        meshes.forEach((name, mesh) -> {
            NavigableSet<ResourceName> names = mesh.lacking();
            if (!names.isEmpty()) {
                lacking.put(name, names);
            }
        });
        if (!lacking.isEmpty() && nowMs < lateAtMs) {
            return false;
        }
        lacking.forEach((mesh, names) -> events.appliedLate(mesh, -1, new TreeSet<>(names)));
        meshes.values().forEach(MeshTail::becameWhole);
        whole = true;
        dirty = true;
        return true;
    }

    private void drain(MeshTail mesh, long nowMs) {
        Optional<MeshQueue.Ready> next = mesh.queue().poll(nowMs);
        while (next.isPresent()) {
            MeshQueue.Ready ready = next.get();
            ready.changes().forEach(change -> apply(change, mesh));
            if (!ready.lacking().isEmpty()) {
                events.appliedLate(mesh.mesh(), ready.changes().getFirst().sequence(), ready.lacking());
            }
            next = mesh.queue().poll(nowMs);
        }
    }

    private void apply(Change change, MeshTail mesh) {
        eventAt(change.eventTimeMs());
        change.edits().forEach(one -> mesh.apply(one, edit));
        change.ticket().applied();
        dirty = true;
    }

    private void eventAt(long ms) {
        if (ms > 0) {
            edit.eventTime(ms);
            if (whole) { // what is read at a start says nothing of how long events take
                eventTimes.add(ms);
            }
        }
    }

    private MeshTail mesh(String name) {
        return meshes.computeIfAbsent(name, _ -> new MeshTail(name, whole));
    }

    /** What has been read up to now. */
    Mark mark() {
        Map<Integer, Long> sequences = new HashMap<>();
        resources.forEach((partition, all) -> sequences.put(partition, all.markers.last()));
        return new Mark(sequences);
    }

    /** Whether a view holds all that had been read at the mark. */
    boolean holds(Mark mark) {
        return whole
                && resources.entrySet().stream()
                        .allMatch(e -> e.getValue()
                                .markers
                                .isInEffect(mark.sequences().getOrDefault(e.getKey(), Long.MAX_VALUE)));
    }
}
