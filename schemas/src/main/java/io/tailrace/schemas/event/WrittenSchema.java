package io.tailrace.schemas.event;

import java.util.List;
import java.util.Optional;

/** What a schema says of the values that it was written with, as far as it matters to who reads them. */
public sealed interface WrittenSchema {
    /** JSON Schema: the value is JSON. */
    record Json() implements WrittenSchema {}

    /**
     * A .proto file.
     *
     * @param messages the full names of the messages that lie in no other, in the order of the file
     */
    record Protobuf(List<String> messages) implements WrittenSchema {
        public Protobuf {
            messages = List.copyOf(messages);
        }

        /** Empty if that place is inside another message, or isn't there. */
        Optional<String> message(List<Integer> indexes) {
            return indexes.size() == 1 && indexes.get(0) < messages.size()
                    ? Optional.of(messages.get(indexes.get(0)))
                    : Optional.empty();
        }
    }

    /** Anything else: "AVRO". */
    record Other(String type) implements WrittenSchema {}
}
