package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.translator.lane.Arrival;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one object at a moment: what the newest event that changed anything made of it, and what was in
 * force before that event.
 *
 * @param value null: the event was a deletion
 * @param event that brought the value or the deletion
 * @param before the value that the event replaced; null: there was none
 * @param repeat the newest later event that says the same once more; null: none does, so {@code event} is all that there is
 */
public record InForce(
        ObjectKey key,
        @Nullable Message value,
        LogEvent event,
        @Nullable Message before,
        @Nullable LogEvent repeat) {

    /** What an object comes to with its next event; null: nothing was ever in force, and still isn't. */
    static @Nullable InForce after(@Nullable InForce known, ObjectKey key, Arrival.Event arrival, LogEvent event) {
        if (known == null) {
            return arrival.object() == null ? null : new InForce(key, arrival.object(), event, null, null);
        }
        return Objects.equals(known.value, arrival.object())
                ? new InForce(key, known.value, known.event, known.before, event)
                : new InForce(key, arrival.object(), event, known.value, null);
    }
}
