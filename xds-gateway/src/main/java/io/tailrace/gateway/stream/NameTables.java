package io.tailrace.gateway.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * What the streams of one thread have in common: the numbers of names, and what views give by them. A type's table is kept as
 * long as somebody names something of it.
 */
public final class NameTables {
    private final Map<String, NameTable> byType = new HashMap<>();
    private final Lookups lookups = new Lookups();
    private final ListLookups lists = new ListLookups();

    /** What views give by name. */
    Lookups lookups() {
        return lookups;
    }

    /** What views give by whole lists. */
    ListLookups lists() {
        return lists;
    }

    public NameTable of(String typeUrl) {
        return byType.computeIfAbsent(typeUrl, t -> new NameTable());
    }

    public void drop(String typeUrl) {
        byType.computeIfPresent(typeUrl, (t, table) -> table.isEmpty() ? null : table);
    }

    /** Nobody names anything. */
    public boolean isEmpty() {
        return byType.isEmpty();
    }
}
