package io.tailrace.schemas.registry;

import org.jspecify.annotations.Nullable;

/**
 * The registry is away, lets us not in, or refuses a schema: it says nothing about a value, so whatever needs it waits and
 * tries again. The message says what to do.
 */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
