package io.tailrace.schemas.topic;

/** What a key on {@code resources} names. */
public sealed interface ResourceKey {
    /** An Envoy resource; the type is the message's full name, the scope empty for what groups share. */
    record OfBody(String mesh, String type, String scope, String name) implements ResourceKey {}

    record OfGroup(String mesh, String group) implements ResourceKey {}

    /** A part of a group's list of one type. */
    record OfList(String mesh, String group, String type, int chunk) implements ResourceKey {}

    record OfMarker() implements ResourceKey {}
}
