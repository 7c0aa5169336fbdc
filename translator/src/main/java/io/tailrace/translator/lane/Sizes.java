package io.tailrace.translator.lane;

import io.tailrace.schemas.topic.Topic;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * No record may be larger than its topic takes: Kafka would refuse the whole transaction, and the event that leads to it
 * would come again for ever.
 */
public final class Sizes {
    // What a batch of one record has around key and value, generously.
    private static final int ROOM = 16 * 1024;

    private Sizes() {}

    /** Throws {@link TooLargeException} if a record of the change is too large. */
    public static Change checked(Change change) {
        change.state().forEach(put -> check("the store " + put.store(), put.key(), put.value()));
        change.output().forEach(write -> check(write.topic().id(), write.key(), write.value()));
        return change;
    }

    private static void check(String where, String key, byte @Nullable [] value) {
        int bytes = key.getBytes(StandardCharsets.UTF_8).length + (value == null ? 0 : value.length);
        if (bytes > Topic.maxOutputBytes() - ROOM) {
            throw new TooLargeException(
                    bytes + " bytes of " + key + " for " + where + ", which takes " + (Topic.maxOutputBytes() - ROOM));
        }
    }

    public static final class TooLargeException extends RuntimeException {
        TooLargeException(String message) {
            super(message);
        }
    }
}
