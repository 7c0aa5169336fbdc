package io.tailrace.translator.past;

import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Place;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A record of an input, read and checked as the lanes do, and who wrote it. */
public record LogEvent(Arrival arrival, EventMeta meta) {
    /** As they were appended; the times of a partition never go back. */
    public static final Comparator<LogEvent> ORDER = Comparator.comparing(
            LogEvent::place,
            Comparator.comparingLong(Place::appendedMs)
                    .thenComparing(Place::topic)
                    .thenComparingInt(Place::partition)
                    .thenComparingLong(Place::offset));

    public Place place() {
        return arrival.place();
    }

    /** The object that it is about; null: that can't be known. */
    public @Nullable ObjectKey key() {
        return switch (arrival) {
            case Arrival.Event event -> event.key();
            case Arrival.Broken broken -> broken.key();
            case Arrival.Policy policy -> throw new IllegalStateException("policies are no input of users");
        };
    }

    public Instant time() {
        return Instant.ofEpochMilli(place().appendedMs());
    }

    /** A revision, or where it lies on another topic: "877", "e3-10452", "s12". */
    public String position() {
        Place place = place();
        return LogPosition.ofRecord(place.topic(), place.partition(), place.offset())
                .shortText();
    }
}
