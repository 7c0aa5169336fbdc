package io.tailrace.translator.lane;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.ServicePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of an input as a lane sees it: read, checked, and never throwing. */
public sealed interface Arrival {
    Place place();

    /**
     * A valid event of a user's object.
     *
     * @param object normalized and valid; null: deleted
     */
    record Event(Place place, ObjectKey key, @Nullable Message object) implements Arrival {}

    /**
     * What the config lane says of a service.
     *
     * @param policy null: the service is gone
     */
    record Policy(Place place, ServiceKey key, @Nullable ServicePolicy policy) implements Arrival {}

    /**
     * What can't be used: it becomes a dead letter.
     *
     * @param key the object that it is about; null if that can't be known, or is no business of this partition
     * @param problems at least one
     */
    record Broken(Place place, @Nullable ObjectKey key, List<Problem> problems) implements Arrival {
        public Broken {
            problems = List.copyOf(problems);
        }
    }
}
