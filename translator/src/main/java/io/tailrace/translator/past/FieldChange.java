package io.tailrace.translator.past;

import org.jspecify.annotations.Nullable;

/**
 * One field that two messages have otherwise.
 *
 * @param path "spec.rules[0].backendRefs[1].weight"; an index is that of the later message, of what it has not the earlier's
 * @param before as JSON; null: it wasn't there
 * @param after as JSON; null: it isn't there
 */
public record FieldChange(
        String path, @Nullable String before, @Nullable String after) {
    /** One line. */
    public String text() {
        if (before == null) {
            return path + ": + " + after;
        }
        return after == null ? path + ": - " + before : path + ": " + before + " -> " + after;
    }
}
