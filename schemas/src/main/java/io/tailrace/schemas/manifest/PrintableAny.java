package io.tailrace.schemas.manifest;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.Base64;

/**
 * Puts a note in place of each packed message that JSON can't show, since its type isn't known here or its bytes aren't
 * of it: one such object must not keep a list of objects from being printed.
 */
final class PrintableAny {
    private PrintableAny() {}

    static Message printable(Message message) {
        return PackedMessages.replace(message, PrintableAny::printable);
    }

    private static Any printable(Any any) {
        return PackedMessages.content(any)
                .map(content -> any.toBuilder()
                        .setValue(printable(content).toByteString())
                        .build())
                .orElseGet(() -> note(any));
    }

    private static Any note(Any any) {
        String bytes = Base64.getEncoder().encodeToString(any.getValue().toByteArray());
        return Deterministic.pack(Struct.newBuilder()
                .putFields(
                        "unknownType",
                        Value.newBuilder().setStringValue(any.getTypeUrl()).build())
                .putFields("bytes", Value.newBuilder().setStringValue(bytes).build())
                .build());
    }
}
