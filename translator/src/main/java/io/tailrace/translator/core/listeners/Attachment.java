package io.tailrace.translator.core.listeners;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.translator.core.status.Reason;
import java.util.List;

/** What a parentRef of a route comes to in one group. */
public sealed interface Attachment {
    /** Its Gateway isn't one of the group: the group has nothing to say. */
    record Elsewhere() implements Attachment {}

    record Refused(Reason reason, Problem problem) implements Attachment {}

    /** To listeners that are in force; at least one. */
    record Attached(List<GatewayListener> listeners) implements Attachment {}
}
