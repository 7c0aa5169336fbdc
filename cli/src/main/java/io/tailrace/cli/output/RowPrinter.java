package io.tailrace.cli.output;

import java.util.Map;

/** Prints rows as they come; what is printed is whole when it is closed. */
public interface RowPrinter extends AutoCloseable {
    /** Fields by name, as {@link Rows#add} takes them. */
    void print(Map<String, ?> fields);

    @Override
    void close();
}
