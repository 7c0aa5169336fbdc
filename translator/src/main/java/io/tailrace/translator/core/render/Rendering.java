package io.tailrace.translator.core.render;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.tailrace.translator.core.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Messages as trees of maps, lists and scalars, in Envoy's own field names and sorted as Protobuf sorts; trees as YAML. */
public final class Rendering {
    private Rendering() {}

    /**
     * The Envoy configuration of a group: {@code resources:}, a list as Envoy reads it from a file, each with its
     * {@code "@type"}.
     */
    public static String yaml(List<Resource> resources) {
        return yaml(Map.of("resources", resources.stream().map(Rendering::tree).toList()));
    }

    /** Of what {@link #tree} gives. */
    public static String yaml(Object tree) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndentWithIndicator(true)
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(tree);
    }

    /** With {@code "@type"} first. */
    public static Object tree(Resource resource) {
        return tree(Any.newBuilder()
                .setTypeUrl(resource.id().typeUrl())
                .setValue(resource.bytes())
                .build());
    }

    /** Protobuf's JSON form: maps of strings, lists, strings, whole numbers, fractions, truth values. */
    public static Object tree(Message message) {
        return plain(JsonParser.parseString(json(message)));
    }

    /** One line of JSON, in Protobuf's form. */
    public static String json(Message message) {
        return json(message, JsonFormat.printer().preservingProtoFieldNames());
    }

    /** One line of JSON of one of our own messages, with the names that fields have in manifests. */
    public static String manifestJson(Message message) {
        return json(message, JsonFormat.printer());
    }

    private static String json(Message message, JsonFormat.Printer printer) {
        try {
            return printer.usingTypeRegistry(AnyTypes.of(message))
                    .omittingInsignificantWhitespace()
                    .sortingMapKeys()
                    .print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + e.getMessage(), e);
        }
    }

    private static Object plain(JsonElement element) {
        return switch (element) {
            case JsonObject object -> {
                Map<String, Object> map = new LinkedHashMap<>();
                object.entrySet().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
                yield map;
            }
            case JsonArray array -> {
                List<Object> list = new ArrayList<>();
                array.forEach(item -> list.add(plain(item)));
                yield list;
            }
            case JsonPrimitive primitive when primitive.isNumber() -> number(primitive.getAsBigDecimal());
            case JsonPrimitive primitive when primitive.isBoolean() -> primitive.getAsBoolean();
            default -> element.isJsonNull() ? "" : element.getAsString();
        };
    }

    private static Object number(BigDecimal number) {
        if (number.stripTrailingZeros().scale() <= 0) {
            return number.longValueExact();
        }
        return number.doubleValue();
    }
}
