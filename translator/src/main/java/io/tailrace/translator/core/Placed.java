package io.tailrace.translator.core;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import java.util.Comparator;

/**
 * An object in force, and where in the log it came from.
 *
 * @param value normalized and valid
 * @param revision the offset in {@code config} of the event that brought this value
 */
public record Placed<T extends Message>(ConfigKey key, T value, long revision) {
    /** Who comes first has what two ask for: by namespace, then by name, never by arrival. */
    public static final Comparator<Placed<?>> PRECEDENCE = Comparator.<Placed<?>, String>comparing(
                    placed -> placed.key().namespace())
            .thenComparing(placed -> placed.key().name());

    public Cause cause() {
        return new Cause(key, revision, false);
    }

    /** "HTTPRoute shop/cart", as problems name it. */
    public String title() {
        return key.kind().id() + " " + key.namespace() + "/" + key.name();
    }
}
