package io.tailrace.schemas.publish;

import org.jspecify.annotations.Nullable;

/** Another writer of the same name has begun: this one can never write again, and must end. */
public final class FencedException extends RuntimeException {
    public FencedException(String name, @Nullable Throwable cause) {
        super(
                "another process writes as \"" + name + "\" now, so this one has stopped for good;"
                        + " run one only, or give each a name of its own",
                cause);
    }
}
