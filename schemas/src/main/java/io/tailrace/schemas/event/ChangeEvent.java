package io.tailrace.schemas.event;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * An object has come to be, has changed, or has gone.
 *
 * @param object as it is now, normalized, with this key; null: it is deleted
 */
public record ChangeEvent(ObjectKey key, @Nullable Message object, EventMeta meta) {

    public boolean isDeletion() {
        return object == null;
    }
}
