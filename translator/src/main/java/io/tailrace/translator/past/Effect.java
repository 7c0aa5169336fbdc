package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an event came to when it arrived. */
public sealed interface Effect {
    /** There is an object that wasn't there. */
    record Created(Message object) implements Effect {}

    record Changed(Message before, Message after) implements Effect {}

    record Deleted(Message before) implements Effect {}

    /** It says what was in force already. */
    record Nothing(@Nullable Message object) implements Effect {}

    /** It can't be used: what was in force stays. */
    record Refused(List<Problem> problems) implements Effect {}
}
