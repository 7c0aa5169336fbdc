package io.tailrace.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.tailrace.translator.core.render.Rendering;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An answer of several things that have the same fields. A table shows the columns, JSON and YAML show every field. */
public final class Rows {
    static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final List<String> columns;
    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** The fields that a table shows, in their order. */
    public Rows(String... columns) {
        this.columns = List.of(columns);
    }

    /** Fields by name, in the order of JSON: texts, numbers, truth values, lists and maps of them. */
    public Rows add(Map<String, ?> fields) {
        rows.add(new LinkedHashMap<>(fields));
        return this;
    }

    public boolean isEmpty() {
        return rows.isEmpty();
    }

    String json() {
        return GSON.toJson(rows);
    }

    String yaml() {
        return Rendering.yaml((Object) rows).stripTrailing();
    }

    /** One object with a list for each part. */
    static String json(Map<String, Rows> parts) {
        return GSON.toJson(lists(parts));
    }

    /** As {@link #json(Map)}. */
    static String yaml(Map<String, Rows> parts) {
        return Rendering.yaml((Object) lists(parts)).stripTrailing();
    }

    private static Map<String, List<Map<String, Object>>> lists(Map<String, Rows> parts) {
        Map<String, List<Map<String, Object>>> lists = new LinkedHashMap<>();
        parts.forEach((name, part) -> lists.put(name, part.rows));
        return lists;
    }

    String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns.stream().map(name -> name.toUpperCase(Locale.ROOT)).toList());
        rows.forEach(row -> lines.add(
                columns.stream().map(name -> text(row.getOrDefault(name, ""))).toList()));
        int[] widths = new int[columns.size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        List<String> text = new ArrayList<>();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                padded.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 2));
            }
            text.add(padded.toString().stripTrailing());
        }
        return String.join("\n", text);
    }

    private static String text(Object value) {
        return value instanceof List<?> list
                ? String.join("; ", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
