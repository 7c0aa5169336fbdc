package io.tailrace.gateway.view;

import io.tailrace.schemas.log.v1.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcollections.TreePMap;

/** How far the inputs are in effect: for each partition the newest offset. A position is a vector. */
public record Positions(TreePMap<Place, Long> offsets) {
    public static final Positions NONE = new Positions(TreePMap.empty());

    public Positions with(Place place, long offset) {
        return new Positions(offsets.plus(place, offset));
    }

    /** The newest offset in effect; null: none is known. */
    public @Nullable Long offset(Place place) {
        return offsets.get(place);
    }

    /** Both are in effect: for each partition the lower offset, and only of partitions that both know. */
    public Positions lower(Positions other) {
        Positions lower = NONE;
        for (var own : offsets.entrySet()) {
            Long others = other.offsets.get(own.getKey());
            if (others != null) {
                lower = lower.with(own.getKey(), Math.min(own.getValue(), others));
            }
        }
        return lower;
    }

    /** Sorted by input and partition. */
    public List<Position> toProto() {
        List<Position> all = new ArrayList<>(offsets.size());
        offsets.forEach((place, offset) -> all.add(Position.newBuilder()
                .setInput(place.input())
                .setPartition(place.partition())
                .setOffset(offset)
                .build()));
        return all;
    }
}
