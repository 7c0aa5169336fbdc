package io.tailrace.cli.output;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Option;

/** The form of what a command answers. */
public final class OutputOptions {
    /** The forms. */
    public enum Format {
        TABLE,
        JSON,
        YAML
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or yaml (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    public Format format() {
        return format;
    }

    /** {@code rows} in the form that was asked for. */
    public String render(Rows rows) {
        return switch (format) {
            case TABLE -> rows.table();
            case JSON -> rows.json();
            case YAML -> rows.yaml();
        };
    }

    /** For rows that may be too many to be kept: JSON or YAML as {@link #render(Rows)} gives it, a row at a time. */
    public RowPrinter printer(PrintWriter out) {
        return switch (format) {
            case JSON -> new JsonPrinter(out);
            case YAML -> new YamlPrinter(out);
            case TABLE ->
                throw new IllegalStateException("the widths of a table's columns are known with its last row");
        };
    }

    /** Several answers: tables one below the other (none where there are no rows), or an object that names each. */
    public String render(Map<String, Rows> parts) {
        return switch (format) {
            case TABLE ->
                parts.values().stream()
                        .filter(rows -> !rows.isEmpty())
                        .map(Rows::table)
                        .collect(joining("\n\n"));
            case JSON -> Rows.json(parts);
            case YAML -> Rows.yaml(parts);
        };
    }
}
