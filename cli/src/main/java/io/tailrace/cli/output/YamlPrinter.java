package io.tailrace.cli.output;

import io.tailrace.translator.core.render.Rendering;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** One list. */
final class YamlPrinter implements RowPrinter {
    private final PrintWriter out;
    private boolean empty = true;

    YamlPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Map<String, ?> fields) {
        empty = false;
        out.println(Rendering.yaml((Object) List.of(fields)).stripTrailing());
    }

    @Override
    public void close() {
        if (empty) {
            out.println(Rendering.yaml((Object) List.of()).stripTrailing());
        }
    }
}
