package io.tailrace.translator.past;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.util.Durations;
import io.tailrace.schemas.check.EnvoyTypes;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields in which two messages of one type differ. Our kinds are named as in manifests, Envoy's as in Envoy's own files.
 * What stands alone on one side of a list is shown whole; packed messages are looked into.
 */
public final class FieldDifference {
    private final List<FieldChange> changes = new ArrayList<>();

    private FieldDifference() {}

    /** In the order of the fields. */
    public static List<FieldChange> between(Message before, Message after) {
        FieldDifference difference = new FieldDifference();
        difference.compare("", before, after);
        return difference.changes;
    }

    /** Of two resources of one type, by what they hold and how long. */
    public static List<FieldChange> between(Resource before, Resource after) {
        List<FieldChange> changes = new ArrayList<>(between(any(before), any(after)));
        if (!before.ttl().equals(after.ttl())) {
            changes.add(new FieldChange("ttl", ttl(before), ttl(after)));
        }
        return changes;
    }

    private static Any any(Resource resource) {
        return Any.newBuilder()
                .setTypeUrl(resource.id().typeUrl())
                .setValue(resource.bytes())
                .build();
    }

    private static @Nullable String ttl(Resource resource) {
        return resource.ttl().isZero()
                ? null
                : "\"" + Durations.toString(Durations.fromMillis(resource.ttl().toMillis())) + "\"";
    }

    private void compare(String path, Message before, Message after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof Any one && after instanceof Any other) {
            packed(path, one, other);
            return;
        }
        int known = changes.size();
        for (FieldDescriptor field : before.getDescriptorForType().getFields()) {
            if (field.isMapField()) {
                entries(path(path, field), entries(before, field), entries(after, field));
            } else if (field.isRepeated()) {
                items(path(path, field), items(before, field), items(after, field));
            } else {
                single(path(path, field), before, after, field);
            }
        }
        if (changes.size() == known) {
            // Only fields that this version doesn't know, or presence of what is empty.
            changes.add(new FieldChange(path, "another value", "this one"));
        }
    }

    private void single(String path, Message before, Message after, FieldDescriptor field) {
        boolean was = !field.hasPresence() || before.hasField(field);
        boolean is = !field.hasPresence() || after.hasField(field);
        boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
        if (isMessage && (was || is) && !isScalar(field)) {
            Message one = (Message) before.getField(field);
            Message other = (Message) after.getField(field);
            if (was && is) {
                compare(path, one, other);
            } else if (one.equals(other) || one instanceof Any) {
                add(path, was ? one : null, is ? other : null);
            } else {
                compare(path, one, other);
            }
        } else if (was || is) {
            add(path, was ? before.getField(field) : null, is ? after.getField(field) : null);
        }
    }

    /** What is equal at both ends of a list is left out, so that an item more doesn't change all behind it. */
    private void items(String path, List<?> before, List<?> after) {
        int start = 0;
        while (start < before.size()
                && start < after.size()
                && before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = 0;
        while (end < before.size() - start
                && end < after.size() - start
                && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
            end++;
        }
        for (int i = start; i < Math.max(before.size(), after.size()) - end; i++) {
            Object one = i < before.size() - end ? before.get(i) : null;
            Object other = i < after.size() - end ? after.get(i) : null;
            either(path + "[" + i + "]", one, other);
        }
    }

    private void entries(String path, SortedMap<String, Object> before, SortedMap<String, Object> after) {
        SortedMap<String, Object> all = new TreeMap<>(before);
        all.putAll(after);
        all.keySet().forEach(key -> either(path + "[" + key + "]", before.get(key), after.get(key)));
    }

    private void either(String path, @Nullable Object before, @Nullable Object after) {
        if (before instanceof Message one && after instanceof Message other) {
            compare(path, one, other);
        } else {
            add(path, before, after);
        }
    }

    private void packed(String path, Any before, Any after) {
        Optional<Message> one = unpacked(before);
        Optional<Message> other = unpacked(after);
        if (before.getTypeUrl().equals(after.getTypeUrl()) && one.isPresent() && other.isPresent()) {
            compare(path, one.get(), other.get());
        } else {
            add(path, before, after);
        }
    }

    private void add(String path, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(
                    new FieldChange(path, before == null ? null : text(before), after == null ? null : text(after)));
        }
    }

    /** Well-known messages that JSON writes as one value: durations, wrapped numbers. */
    private static boolean isScalar(FieldDescriptor field) {
        String name = field.getMessageType().getFullName();
        return name.startsWith("google.protobuf.") && !name.equals("google.protobuf.Any");
    }

    private static String text(Object value) {
        return switch (value) {
            case Any any when unpacked(any).isEmpty() -> "a packed " + any.getTypeUrl();
            case Message message -> json(message);
            case EnumValueDescriptor constant -> constant.getName();
            case ByteString bytes -> bytes.size() + " bytes";
            case String text ->
                "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
            default -> String.valueOf(value);
        };
    }

    private static String json(Message message) {
        try {
            return isOurs(message.getDescriptorForType()) ? Rendering.manifestJson(message) : Rendering.json(message);
        } catch (IllegalArgumentException e) {
            // It packs a message of a type that JSON can't be made of.
            return TextFormat.printer().emittingSingleLine(true).printToString(message);
        }
    }

    private static Optional<Message> unpacked(Any any) {
        return EnvoyTypes.ofTypeUrl(any.getTypeUrl()).flatMap(prototype -> {
            try {
                return Optional.of(prototype.getParserForType().parseFrom(any.getValue()));
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    private static List<?> items(Message message, FieldDescriptor field) {
        return (List<?>) message.getField(field);
    }

    private static SortedMap<String, Object> entries(Message message, FieldDescriptor field) {
        SortedMap<String, Object> entries = new TreeMap<>();
        for (Object each : items(message, field)) {
            MapEntry<?, ?> entry = (MapEntry<?, ?>) each;
            entries.put(String.valueOf(entry.getKey()), entry.getValue());
        }
        return entries;
    }

    private static String path(String path, FieldDescriptor field) {
        String name = isOurs(field) ? field.getJsonName() : field.getName();
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean isOurs(GenericDescriptor descriptor) {
        return descriptor.getFile().getPackage().startsWith("tailrace.");
    }
}
