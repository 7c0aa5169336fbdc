package io.tailrace.translator.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.check.Validation;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.translator.lane.Arrival;
import io.tailrace.translator.lane.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a record what a lane understands. Whatever bytes come in, a value goes out: the topics are written to by our
 * publisher alone, but nothing hangs on everyone keeping to that.
 */
public final class Intake {
    private final ToIntFunction<Topic> partitions;

    /** {@code partitions}: how many a topic has. */
    public Intake(ToIntFunction<Topic> partitions) {
        this.partitions = partitions;
    }

    public Arrival read(Incoming incoming) {
        Place place = incoming.place();
        if (size(incoming.key()) + size(incoming.value()) > Topic.maxInputBytes()) {
            int bytes = size(incoming.key()) + size(incoming.value());
            return broken(place, key(incoming), Problem.of("", bytes + " bytes", "at most " + Topic.maxInputBytes()));
        }
        try {
            return place.topic() == Topic.POLICIES ? policy(incoming) : event(incoming);
        } catch (RuntimeException | StackOverflowError e) {
            return broken(place, key(incoming), Problem.of("", String.valueOf(e), "what can be read"));
        }
    }

    /** The same record, which the lane couldn't translate. */
    Arrival.Broken untranslatable(Arrival arrival, String reason) {
        Problem problem = Problem.of("", reason, "what can be translated");
        ObjectKey key = switch (arrival) {
            case Arrival.Event event -> event.key();
            case Arrival.Broken broken -> broken.key();
            case Arrival.Policy policy -> null;
        };
        return broken(arrival.place(), key, problem);
    }

    private Arrival event(Incoming incoming) {
        Place place = incoming.place();
        return switch (EventCodec.decode(incoming.key(), incoming.value(), incoming.headers())) {
            case Decoded.Broken broken -> broken(place, key(incoming), broken.problem());
            case Decoded.Good good -> checked(place, good.event());
        };
    }

    private Arrival checked(Place place, ChangeEvent event) {
        Problem misplaced = misplaced(place, event.key());
        if (misplaced != null) {
            return broken(place, null, misplaced);
        }
        List<Problem> problems = event.object() == null ? List.of() : Validation.check(event.object());
        return problems.isEmpty()
                ? new Arrival.Event(place, event.key(), event.object())
                : new Arrival.Broken(place, event.key(), problems);
    }

    private Arrival policy(Incoming incoming) {
        Place place = incoming.place();
        byte[] keyBytes = incoming.key();
        byte[] value = incoming.value();
        if (keyBytes == null) {
            return broken(place, null, Problem.of("key", "nothing", "mesh/namespace/service"));
        }
        try {
            ServiceKey key = ServiceKey.parse(new String(keyBytes, StandardCharsets.UTF_8));
            int expected = Partitions.byService(key, partitions(place));
            return expected == place.partition()
                    ? new Arrival.Policy(place, key, value == null ? null : ServicePolicy.parseFrom(value))
                    : broken(place, null, wrongPartition(place, expected));
        } catch (InvalidKeyException e) {
            return broken(place, null, e.problem());
        } catch (InvalidProtocolBufferException e) {
            return broken(place, null, Problem.of("", "bytes that are no ServicePolicy", "a ServicePolicy"));
        }
    }

    /** Why a record of this key is no business of the partition that it lies in; null: it is. */
    private @Nullable Problem misplaced(Place place, ObjectKey key) {
        if (Topic.of(key) != place.topic()) {
            return Problem.of(
                    "key",
                    "\"" + key + "\" on " + place.topic().id(),
                    "it on " + Topic.of(key).id());
        }
        int expected = Partitions.of(key, partitions(place));
        return expected == place.partition() ? null : wrongPartition(place, expected);
    }

    private static Problem wrongPartition(Place place, int expected) {
        return Problem.of("partition", Integer.toString(place.partition()), Integer.toString(expected))
                .withAdvice("Send events to the inbox, or use the publisher: it sets the partition.");
    }

    private int partitions(Place place) {
        return partitions.applyAsInt(place.topic());
    }

    /** The object that a broken record is about, if its key says so and lies where it should. */
    private @Nullable ObjectKey key(Incoming incoming) {
        byte[] bytes = incoming.key();
        if (bytes == null || incoming.place().topic() == Topic.POLICIES) {
            return null;
        }
        try {
            ObjectKey key = ObjectKey.parse(new String(bytes, StandardCharsets.UTF_8));
            return misplaced(incoming.place(), key) == null ? key : null;
        } catch (InvalidKeyException e) {
            return null;
        }
    }

    private static Arrival.Broken broken(Place place, @Nullable ObjectKey key, Problem problem) {
        Problem named = key == null || !problem.kind().isEmpty()
                ? problem
                : problem.in(key.kind().id(), key.namespace(), key.name());
        return new Arrival.Broken(place, key, List.of(named));
    }

    private static int size(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
