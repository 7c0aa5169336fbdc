package io.tailrace.gateway.tail;

import java.util.List;

/**
 * What one marker closed, as far as it concerns one mesh: meshes don't refer to each other, so each gets its part when
 * that is complete. At `deadlineMs` it is applied even if something that it refers to is missing.
 */
record Change(long sequence, List<Edit> edits, long eventTimeMs, long deadlineMs, Markers.Ticket ticket) {
    Change {
        edits = List.copyOf(edits);
    }
}
