package io.tailrace.schemas.manifest;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;

/**
 * Packs anew what Protobuf's JSON parser packed, at every depth. It keeps map entries in the file's order, so a file
 * whose keys only changed places would give other bytes, and with them a change for a whole fleet.
 */
final class CanonicalAny {
    private CanonicalAny() {}

    static Message canonical(Message message) {
        return PackedMessages.replace(message, CanonicalAny::canonical);
    }

    private static Any canonical(Any any) {
        return PackedMessages.content(any)
                .map(content -> any.toBuilder()
                        .setValue(Deterministic.serialize(canonical(content)))
                        .build())
                .orElse(any);
    }
}
