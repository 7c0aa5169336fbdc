package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.translator.lane.Arrival;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of one mesh, those of a partition in their order, into what is in force. It follows the lanes: the last
 * valid value counts, and an event that says what is in force already changes nothing. One thread.
 */
public final class Replay {
    private final String mesh;
    private final Map<ObjectKey, InForce> objects = new HashMap<>();

    public Replay(String mesh) {
        this.mesh = mesh;
    }

    /** Whether the event is about an object of the mesh; others are passed over. */
    public boolean concerns(LogEvent event) {
        ObjectKey key = event.key();
        return key != null && key.mesh().equals(mesh);
    }

    /** Takes the next event and says what it came to. */
    public Effect take(LogEvent event) {
        return switch (event.arrival()) {
            case Arrival.Event arrival when concerns(event) -> take(arrival, event);
            case Arrival.Event _ -> new Effect.Nothing(null);
            case Arrival.Broken broken -> new Effect.Refused(broken.problems());
            case Arrival.Policy _ -> throw new IllegalArgumentException("policies are no input of users");
        };
    }

    /** What is in force now; later events don't change what was given. */
    public LogState state() {
        return new LogState(mesh, objects);
    }

    private Effect take(Arrival.Event arrival, LogEvent event) {
        ObjectKey key = arrival.key();
        InForce known = objects.get(key);
        InForce now = InForce.after(known, key, arrival, event);
        if (now == null) {
            return new Effect.Nothing(null);
        }
        objects.put(key, now);
        return now.event().equals(event) ? effect(now.before(), now.value()) : new Effect.Nothing(now.value());
    }

    private static Effect effect(@Nullable Message before, @Nullable Message after) {
        if (after != null) {
            return before == null ? new Effect.Created(after) : new Effect.Changed(before, after);
        }
        return before == null ? new Effect.Nothing(null) : new Effect.Deleted(before);
    }
}
