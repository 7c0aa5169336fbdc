package io.tailrace.schemas.manifest;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.manifest.Node.Entry;
import io.tailrace.schemas.manifest.Node.ListNode;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** An object as a manifest: {@code apiVersion} and {@code kind}, then Protobuf's JSON form of its message. */
final class ManifestWriter {
    private ManifestWriter() {}

    static String yaml(Message object, Map<String, String> annotations) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setSchema(new CoreSchema())
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(manifest(object, annotations));
    }

    static String json(Message object, Map<String, String> annotations) {
        StringBuilder out = new StringBuilder();
        PrettyJson.write(manifest(object, annotations), "", out);
        return out.append('\n').toString();
    }

    private static Map<String, @Nullable Object> manifest(Message object, Map<String, String> annotations) {
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>();
        manifest.put("apiVersion", "tailrace.io/v1");
        manifest.put("kind", Kind.of(object).id());
        Set<Descriptor> types = new LinkedHashSet<>();
        anyTypes(object, types);
        try {
            String json = JsonFormat.printer()
                    .usingTypeRegistry(
                            JsonFormat.TypeRegistry.newBuilder().add(types).build())
                    .sortingMapKeys()
                    .print(PrintableAny.printable(object));
            if (plain(JsonReader.read(json)) instanceof Map<?, ?> fields) {
                fields.forEach((field, value) -> manifest.put(
                        String.valueOf(field), field.equals("metadata") ? annotated(value, annotations) : value));
            }
        } catch (InvalidProtocolBufferException | SyntaxException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + e.getMessage(), e);
        }
        return manifest;
    }

    private static @Nullable Object annotated(@Nullable Object metadata, Map<String, String> annotations) {
        if (annotations.isEmpty() || !(metadata instanceof Map<?, ?> fields)) {
            return metadata;
        }
        Map<Object, @Nullable Object> annotated = new LinkedHashMap<>(fields);
        annotated.put("annotations", annotations);
        return annotated;
    }

    private static void anyTypes(Object value, Set<Descriptor> types) {
        if (value instanceof List<?> list) {
            list.forEach(item -> anyTypes(item, types));
        } else if (value instanceof Any any) {
            types.add(Struct.getDescriptor());
            PackedMessages.content(any).ifPresent(content -> {
                types.add(content.getDescriptorForType());
                anyTypes(content, types);
            });
        } else if (value instanceof Message message) {
            for (Map.Entry<FieldDescriptor, Object> entry :
                    message.getAllFields().entrySet()) {
                if (entry.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    anyTypes(entry.getValue(), types);
                }
            }
        }
    }

    private static @Nullable Object plain(Node node) {
        if (node instanceof MapNode map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (Entry entry : map.entries()) {
                values.put(entry.key(), plain(entry.value()));
            }
            return values;
        }
        if (node instanceof ListNode list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.items().forEach(item -> values.add(plain(item)));
            return values;
        }
        ScalarNode scalar = (ScalarNode) node;
        return switch (scalar.type()) {
            case STRING -> scalar.text();
            case INTEGER -> Long.valueOf(scalar.text());
            case DECIMAL -> Double.valueOf(scalar.text());
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            case NULL -> null;
        };
    }
}
