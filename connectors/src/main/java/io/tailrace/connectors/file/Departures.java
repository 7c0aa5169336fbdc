package io.tailrace.connectors.file;

import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.kind.ObjectKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets an object go only when it has been missing for a while. Editors delete a file and write it again, generators write theirs
 * in pieces: what is missing in between must not vanish from the mesh. Times are nanoseconds from any origin.
 */
final class Departures {
    private record Missing(SourceObject object, long since) {}

    private final long patience;
    private Map<ObjectKey, SourceObject> last = Map.of();
    private final Map<ObjectKey, Missing> missing = new HashMap<>();

    Departures(Duration patience) {
        this.patience = patience.toNanos();
    }

    /** The state with what has been missing for too short a time to be gone. */
    Snapshot delay(Snapshot now, long time) {
        last.forEach((key, object) -> {
            if (!now.objects().containsKey(key)) {
                missing.putIfAbsent(key, new Missing(object, time));
            }
        });
        missing.entrySet()
                .removeIf(one -> now.objects().containsKey(one.getKey()) || time - one.getValue().since >= patience);
        last = now.objects();
        if (missing.isEmpty()) {
            return now;
        }
        Map<ObjectKey, SourceObject> objects = new HashMap<>(now.objects());
        missing.forEach((key, one) -> objects.put(key, one.object));
        return new Snapshot(objects, now.held(), now.incomplete(), now.problems());
    }

    /** How long until the next one may be gone; empty: none is missing. */
    Optional<Duration> next(long time) {
        return missing.values().stream()
                .map(one -> Duration.ofNanos(Math.max(0, one.since + patience - time)))
                .min(Duration::compareTo);
    }
}
