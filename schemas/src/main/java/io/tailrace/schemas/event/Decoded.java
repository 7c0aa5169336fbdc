package io.tailrace.schemas.event;

import io.tailrace.schemas.kind.Problem;

/** What a record turned out to be. */
public sealed interface Decoded {
    /** A change event whose object has the shape of its kind; its values are not checked yet (Validation). */
    record Good(ChangeEvent event) implements Decoded {}

    /** No change event: a dead letter, with the reason. */
    record Broken(Problem problem) implements Decoded {}
}
