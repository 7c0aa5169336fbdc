package io.tailrace.schemas.check;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What holds for every message: no field and no enum number that this version doesn't know (a newer producer's meaning
 * would be lost in silence), and text that is Unicode. The content of an Any is left to others.
 */
final class ShapeChecks {
    private ShapeChecks() {}

    static void check(Message message, String path, Report report) {
        for (Integer number : message.getUnknownFields().asMap().keySet()) {
            report.add(
                    path,
                    "an unknown field with the number " + number,
                    "the fields of " + message.getDescriptorForType().getFullName(),
                    "Known is " + known(message));
        }
        if (message instanceof Any) {
            return;
        }
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            String fieldPath = path.isEmpty() ? field.getJsonName() : path + "." + field.getJsonName();
            if (entry.getValue() instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    item(list.get(i), i, fieldPath, report);
                }
            } else {
                value(entry.getValue(), fieldPath, report);
            }
        }
    }

    private static void item(Object item, int index, String path, Report report) {
        if (item instanceof MapEntry<?, ?> entry) {
            String entryPath = path + "[" + entry.getKey() + "]";
            value(entry.getKey(), entryPath, report);
            value(mapValue(entry), entryPath, report);
        } else {
            value(item, path + "[" + index + "]", report);
        }
    }

    /** A map's value as getField gives it, enums as descriptors. */
    static Object mapValue(MapEntry<?, ?> entry) {
        return entry.getField(entry.getDescriptorForType().findFieldByName("value"));
    }

    private static void value(Object value, String path, Report report) {
        if (value instanceof Message message) {
            check(message, path, report);
        } else if (value instanceof EnumValueDescriptor number && number.getIndex() < 0) {
            report.add(
                    path,
                    "the number " + number.getNumber(),
                    number.getType().getValues().stream()
                            .filter(known -> known.getNumber() != 0)
                            .map(known -> known.getName() + " (" + known.getNumber() + ")")
                            .collect(Collectors.joining(", ", "one of ", "")));
        } else if (value instanceof String text && !isUnicode(text)) {
            report.add(path, "half of a surrogate pair", "Unicode text");
        }
    }

    private static String known(Message message) {
        return message.getDescriptorForType().getFields().stream()
                .map(field -> field.getJsonName() + " (" + field.getNumber() + ")")
                .collect(Collectors.joining(", "));
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(point -> point <= 0xffff && Character.isSurrogate((char) point));
    }
}
