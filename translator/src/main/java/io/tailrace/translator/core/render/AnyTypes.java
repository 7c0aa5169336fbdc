package io.tailrace.translator.core.render;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tailrace.schemas.check.EnvoyTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The types that stand in the Anys of a message, at every depth: Protobuf's JSON needs to know them beforehand. */
final class AnyTypes {
    private final Set<Descriptor> types = new LinkedHashSet<>();

    private AnyTypes() {}

    static JsonFormat.TypeRegistry of(Message message) {
        AnyTypes found = new AnyTypes();
        found.walk(message);
        return JsonFormat.TypeRegistry.newBuilder().add(found.types).build();
    }

    private void walk(Message message) {
        if (message instanceof Any any) {
            EnvoyTypes.ofTypeUrl(any.getTypeUrl()).ifPresent(prototype -> walk(any, prototype));
            return;
        }
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> values = value instanceof List<?> list ? list : List.of(value);
                values.forEach(nested -> walk((Message) nested));
            }
        });
    }

    private void walk(Any any, Message prototype) {
        types.add(prototype.getDescriptorForType());
        try {
            walk(prototype.getParserForType().parseFrom(any.getValue()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(any.getTypeUrl() + ": " + e.getMessage(), e);
        }
    }
}
