package io.tailrace.schemas.manifest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over several lines, two spaces a level, of maps, lists and scalars. */
final class PrettyJson {
    private PrettyJson() {}

    static void write(@Nullable Object value, String indent, StringBuilder out) {
        String inner = indent + "  ";
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            String separator = "{\n";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(inner);
                JsonText.string(String.valueOf(entry.getKey()), out);
                out.append(": ");
                write(entry.getValue(), inner, out);
                separator = ",\n";
            }
            out.append('\n').append(indent).append('}');
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            String separator = "[\n";
            for (Object item : list) {
                out.append(separator).append(inner);
                write(item, inner, out);
                separator = ",\n";
            }
            out.append('\n').append(indent).append(']');
        } else if (value instanceof String text) {
            JsonText.string(text, out);
        } else if (value instanceof Map<?, ?>) {
            out.append("{}");
        } else if (value instanceof List<?>) {
            out.append("[]");
        } else {
            out.append(value);
        }
    }
}
