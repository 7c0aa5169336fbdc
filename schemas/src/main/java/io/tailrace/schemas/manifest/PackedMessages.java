package io.tailrace.schemas.manifest;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.check.EnvoyTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What lies packed in a message's Any fields. */
final class PackedMessages {
    private PackedMessages() {}

    /** Empty if the type isn't known here, or the bytes aren't of it. */
    static Optional<Message> content(Any any) {
        return EnvoyTypes.ofTypeUrl(any.getTypeUrl()).flatMap(prototype -> {
            try {
                return Optional.of(prototype.getParserForType().parseFrom(any.getValue()));
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    /** The message with another Any in place of each; what lies inside one is left to {@code change}. */
    static Message replace(Message message, UnaryOperator<Any> change) {
        if (message instanceof Any any) {
            return change.apply(any);
        }
        Message.Builder builder = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            if (entry.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                builder.setField(entry.getKey(), replaceIn(entry.getValue(), change));
            }
        }
        return builder.build();
    }

    private static Object replaceIn(Object value, UnaryOperator<Any> change) {
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(item -> values.add(replaceIn(item, change)));
            return values;
        }
        return value instanceof Message message ? replace(message, change) : value;
    }
}
