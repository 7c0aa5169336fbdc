package io.tailrace.cli.output;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** One array. */
final class JsonPrinter implements RowPrinter {
    private final PrintWriter out;
    private final JsonWriter array;

    JsonPrinter(PrintWriter out) {
        this.out = out;
        try {
            array = Rows.GSON.newJsonWriter(out);
            array.beginArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void print(Map<String, ?> fields) {
        Rows.GSON.toJson(fields, Map.class, array);
    }

    @Override
    public void close() {
        try {
            array.endArray();
            array.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
    }
}
