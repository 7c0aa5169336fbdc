package io.tailrace.schemas.topic;

/** What a key on {@code assignments} names. */
public sealed interface AssignmentKey {
    record OfAssignment(String mesh, String name) implements AssignmentKey {}

    record OfMarker() implements AssignmentKey {}
}
