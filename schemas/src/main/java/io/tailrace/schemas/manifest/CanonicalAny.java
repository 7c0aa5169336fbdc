package io.tailrace.schemas.manifest;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.check.EnvoyTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Packs anew what Protobuf's JSON parser packed, at every depth. It keeps map entries in the file's order, so a file
 * whose keys only changed places would give other bytes, and with them a change for a whole fleet.
 */
final class CanonicalAny {
    private CanonicalAny() {}

    static Message canonical(Message message) {
        if (message instanceof Any any) {
            return canonical(any);
        }
        Message.Builder builder = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(field, canonicalValue(entry.getValue()));
            }
        }
        return builder.build();
    }

    private static Object canonicalValue(Object value) {
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(item -> values.add(canonicalValue(item)));
            return values;
        }
        return value instanceof Message message ? canonical(message) : value;
    }

    private static Any canonical(Any any) {
        Message prototype = EnvoyTypes.ofTypeUrl(any.getTypeUrl()).orElse(null);
        if (prototype == null) {
            return any;
        }
        try {
            Message content = canonical(prototype.getParserForType().parseFrom(any.getValue()));
            return any.toBuilder().setValue(Deterministic.serialize(content)).build();
        } catch (InvalidProtocolBufferException e) {
            return any;
        }
    }
}
