package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What takes the configuration of a mesh back to a moment: of each object that was otherwise then, what it was. Endpoints
 * say what is alive now, and secrets what is valid now, so both stay.
 */
public final class Rollback {
    private final LogState now;
    private final List<Compensation> compensations;

    /**
     * An object as it shall be again.
     *
     * @param value null: it shall be gone
     * @param newest what the log says of it now
     */
    public record Compensation(ObjectKey key, @Nullable Message value, InForce newest) {}

    private Rollback(LogState now, List<Compensation> compensations) {
        this.now = now;
        this.compensations = compensations;
    }

    /** Of the objects that {@code wanted} takes; {@code then} is an earlier moment of the log that {@code now} ends. */
    public static Rollback of(LogState now, LogState then, Predicate<ObjectKey> wanted) {
        List<Compensation> compensations = new ArrayList<>();
        now.objects().forEach((key, newest) -> {
            boolean isConfig = key.kind() != Kind.ENDPOINT && key.kind() != Kind.SECRET;
            if (isConfig && wanted.test(key) && !Objects.equals(now.value(key), then.value(key))) {
                compensations.add(new Compensation(key, then.value(key), newest));
            }
        });
        return new Rollback(now, compensations);
    }

    /** By key; empty: all is as it was then. */
    public List<Compensation> compensations() {
        return compensations;
    }

    /** What will be in force when these are published, if nobody else writes meanwhile. */
    public LogState outcome() {
        Map<ObjectKey, InForce> objects = new HashMap<>(now.objects());
        compensations.forEach(each -> {
            InForce newest = each.newest();
            objects.put(each.key(), new InForce(each.key(), each.value(), newest.event(), newest.value(), null));
        });
        return new LogState(now.mesh(), objects);
    }
}
