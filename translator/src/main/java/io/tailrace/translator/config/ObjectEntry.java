package io.tailrace.translator.config;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.log.v1.ObjectProblem;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.StoredObject;
import io.tailrace.translator.core.Placed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of one key: the value in force, or the deletion, and the newest record if that one is invalid.
 *
 * @param value null: there is none, for it was deleted or never valid
 * @param position of the event that brought the value or the deletion; null: every record so far was invalid
 * @param rejected null: the newest record is the one in force
 */
public record ObjectEntry(
        ConfigKey key,
        @Nullable Message value,
        @Nullable Position position,
        @Nullable Rejected rejected) {

    /** The newest record, which can't be used. */
    public record Rejected(Position position, List<Problem> problems) {
        // Status is for people: more than so many lines of it help nobody, and a record has a limit.
        private static final int MOST = 100;

        public Rejected {
            problems = problems.stream().limit(MOST).toList();
        }
    }

    public static ObjectEntry empty(ConfigKey key) {
        return new ObjectEntry(key, null, null, null);
    }

    /** The newest record is this one, valid or a deletion. */
    public ObjectEntry with(@Nullable Message newValue, Position newPosition) {
        return new ObjectEntry(key, newValue, newPosition, null);
    }

    /** The newest record is this one, which can't be used; what was in force stays. */
    ObjectEntry rejecting(Position newPosition, List<Problem> problems) {
        return new ObjectEntry(key, value, position, new Rejected(newPosition, problems));
    }

    /** The newest record says what was in force before an invalid one. */
    ObjectEntry withoutRejected() {
        return new ObjectEntry(key, value, position, null);
    }

    @Nullable
    Placed<?> placed() {
        return value == null || position == null ? null : new Placed<>(key, value, position.getOffset());
    }

    byte[] stored() {
        StoredObject.Builder stored = StoredObject.newBuilder();
        if (value != null) {
            stored.setValue(Deterministic.serialize(value));
        }
        if (position != null) {
            stored.setPosition(position);
        }
        if (rejected != null) {
            stored.setRejected(rejected.position());
            rejected.problems()
                    .forEach(problem -> stored.addProblems(problem.toProto().toByteString()));
        }
        return stored.build().toByteArray();
    }

    static ObjectEntry parse(ConfigKey key, byte[] bytes) {
        try {
            StoredObject stored = StoredObject.parseFrom(bytes);
            // A valid object has a name, so it is never serialized to nothing.
            Message value = stored.getValue().isEmpty() ? null : key.kind().parse(stored.getValue());
            Position position = stored.hasPosition() ? stored.getPosition() : null;
            return new ObjectEntry(key, value, position, stored.hasRejected() ? rejected(stored) : null);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of objects holds what was never written", e);
        }
    }

    private static Rejected rejected(StoredObject stored) throws InvalidProtocolBufferException {
        Problem[] problems = new Problem[stored.getProblemsCount()];
        for (int i = 0; i < problems.length; i++) {
            ByteString bytes = stored.getProblems(i);
            problems[i] = Problem.fromProto(ObjectProblem.parseFrom(bytes));
        }
        return new Rejected(stored.getRejected(), List.of(problems));
    }
}
