package io.tailrace.schemas.compat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What bytes and JSON on the log depend on: every message, field, enum and value, and every number and name that is
 * reserved, one line each, so that a change of the model is a change of lines that a reviewer reads.
 */
record WireModel(Map<String, String> entries) {

    static WireModel of(List<FileDescriptorProto> files) {
        Map<String, String> entries = new TreeMap<>();
        for (FileDescriptorProto file : files) {
            file.getMessageTypeList().forEach(message -> message(file.getPackage(), message, entries));
            file.getEnumTypeList().forEach(type -> enumType(file.getPackage(), type, entries));
        }
        return new WireModel(entries);
    }

    static WireModel parse(List<String> lines) {
        Map<String, String> entries = new TreeMap<>();
        for (String line : lines) {
            int equals = line.indexOf(" = ");
            entries.put(equals < 0 ? line : line.substring(0, equals), equals < 0 ? "" : line.substring(equals + 3));
        }
        return new WireModel(entries);
    }

    List<String> lines() {
        return entries.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue().isEmpty() ? "" : " = " + entry.getValue()))
                .toList();
    }

    /** What of this model a newer one breaks: records that were written by this one would be read otherwise. */
    List<String> brokenBy(WireModel newer) {
        List<String> broken = new ArrayList<>();
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            String key = entry.getKey();
            String value = entry.getValue();
            String now = newer.entries.get(key);
            if (now == null && !newer.reserves(key, value)) {
                broken.add(key + " is gone: " + value);
            } else if (now != null && !now.equals(value)) {
                broken.add(key + " was " + value + ", is " + now);
            }
        }
        return broken;
    }

    // A field or value may go when its number and its name are never used again.
    private boolean reserves(String key, String value) {
        if (!key.startsWith("field ") && !key.startsWith("value ")) {
            return false;
        }
        String[] words = key.split(" ", -1);
        String name = value.substring(value.lastIndexOf(' ') + 1);
        return entries.containsKey("reserved " + words[1] + " " + words[2])
                && entries.containsKey("reserved " + words[1] + " name " + name);
    }

    private static void message(String scope, DescriptorProto message, Map<String, String> entries) {
        String name = scope + "." + message.getName();
        if (message.getOptions().getMapEntry()) {
            // A map is its entry's fields: they say its types.
            entries.put(
                    "map " + name, field(message, message.getField(0)) + ", " + field(message, message.getField(1)));
            return;
        }
        entries.put("message " + name, "");
        for (FieldDescriptorProto field : message.getFieldList()) {
            entries.put(key("field", name, field.getNumber()), field(message, field));
        }
        message.getReservedRangeList().forEach(range -> {
            for (int number = range.getStart(); number < range.getEnd(); number++) {
                entries.put(key("reserved", name, number), "");
            }
        });
        message.getReservedNameList().forEach(reserved -> entries.put("reserved " + name + " name " + reserved, ""));
        message.getNestedTypeList().forEach(nested -> message(name, nested, entries));
        message.getEnumTypeList().forEach(nested -> enumType(name, nested, entries));
    }

    private static void enumType(String scope, EnumDescriptorProto type, Map<String, String> entries) {
        String name = scope + "." + type.getName();
        entries.put("enum " + name, "");
        type.getValueList().forEach(value -> entries.put(key("value", name, value.getNumber()), value.getName()));
        type.getReservedRangeList().forEach(range -> {
            for (int number = range.getStart(); number <= range.getEnd(); number++) {
                entries.put(key("reserved", name, number), "");
            }
        });
        type.getReservedNameList().forEach(reserved -> entries.put("reserved " + name + " name " + reserved, ""));
    }

    private static String key(String what, String type, int number) {
        return "%s %s %d".formatted(what, type, number);
    }

    // The name comes last: `reserves` looks for it there. JSON's name follows from it, unless set by hand.
    private static String field(DescriptorProto message, FieldDescriptorProto field) {
        String type = field.getTypeName().isEmpty()
                ? field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT)
                : field.getTypeName().substring(1);
        String label = switch (field.getLabel()) {
            case LABEL_REPEATED -> "repeated ";
            case LABEL_OPTIONAL -> field.getProto3Optional() ? "optional " : "";
            case LABEL_REQUIRED -> "required ";
        };
        boolean oneof = field.hasOneofIndex() && !field.getProto3Optional();
        String group =
                oneof ? "oneof " + message.getOneofDecl(field.getOneofIndex()).getName() + " " : "";
        String json = field.hasJsonName() ? " as " + field.getJsonName() : "";
        return group + label + type + json + " " + field.getName();
    }
}
