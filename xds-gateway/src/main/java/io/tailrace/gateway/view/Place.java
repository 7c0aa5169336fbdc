package io.tailrace.gateway.view;

import io.tailrace.schemas.log.v1.Position;
import java.util.Comparator;

/** A partition of one of the input topics. */
public record Place(Position.Input input, int partition) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::input).thenComparingInt(Place::partition);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
