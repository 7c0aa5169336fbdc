package io.tailrace.schemas.event;

import java.util.Optional;

/** Knows the schemas that values were written with, by the ids in their frames. */
public interface WrittenSchemas {
    /**
     * The schema of this id; empty: there is none. Throws what its implementation says where it can't know now: then the
     * value is neither good nor broken.
     */
    Optional<WrittenSchema> schema(int id);
}
