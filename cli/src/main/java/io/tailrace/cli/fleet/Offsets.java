package io.tailrace.cli.fleet;

import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.Position.Input;
import java.util.Collection;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Offsets of partitions of the inputs, as reports have them. */
record Offsets(SortedMap<Place, Long> byPlace) {
    /** A partition of an input. */
    record Place(Input input, int partition) implements Comparable<Place> {
        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::input).thenComparingInt(Place::partition);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    static Offsets of(Collection<Position> positions) {
        SortedMap<Place, Long> byPlace = new TreeMap<>();
        positions.forEach(
                position -> byPlace.put(new Place(position.getInput(), position.getPartition()), position.getOffset()));
        return new Offsets(byPlace);
    }

    /** What a position names, for a mesh whose records lie in this partition of the topics by mesh. */
    static Offsets of(LogPosition position, int meshPartition) {
        SortedMap<Place, Long> byPlace = new TreeMap<>();
        position.config().ifPresent(offset -> byPlace.put(new Place(Input.CONFIG, meshPartition), offset));
        position.secrets().ifPresent(offset -> byPlace.put(new Place(Input.SECRETS, meshPartition), offset));
        position.endpoints().forEach((partition, offset) -> byPlace.put(new Place(Input.ENDPOINTS, partition), offset));
        return new Offsets(byPlace);
    }

    /** Every offset of the other is reached. */
    boolean reach(Offsets other) {
        return other.byPlace.entrySet().stream()
                .allMatch(wanted -> byPlace.getOrDefault(wanted.getKey(), -1L) >= wanted.getValue());
    }

    /** The revision of the meshes of this partition. */
    OptionalLong revision(int meshPartition) {
        return offset(Input.CONFIG, meshPartition);
    }

    /** As {@code wait} and {@code translate --at} take it, for the meshes of this partition; empty: of nothing. */
    String text(int meshPartition) {
        SortedMap<Integer, Long> endpoints = new TreeMap<>();
        byPlace.forEach((place, offset) -> {
            if (place.input() == Input.ENDPOINTS && offset >= 0) {
                endpoints.put(place.partition(), offset);
            }
        });
        OptionalLong secrets = offset(Input.SECRETS, meshPartition);
        OptionalLong revision = revision(meshPartition);
        return revision.isEmpty() && secrets.isEmpty() && endpoints.isEmpty()
                ? ""
                : new LogPosition(revision, secrets, endpoints).text();
    }

    /** Of offsets of one mesh, as {@link #text}. */
    String anyText() {
        return text(byPlace.keySet().stream()
                .filter(place -> place.input() != Input.ENDPOINTS)
                .mapToInt(Place::partition)
                .findFirst()
                .orElse(0));
    }

    private OptionalLong offset(Input input, int partition) {
        Long offset = byPlace.get(new Place(input, partition));
        return offset == null || offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
    }
}
