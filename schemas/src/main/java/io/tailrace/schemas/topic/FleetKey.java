package io.tailrace.schemas.topic;

/** What a key on {@code fleet} names. */
public sealed interface FleetKey {
    record OfGateway(String gateway) implements FleetKey {}

    record OfNode(String gateway, String node) implements FleetKey {}
}
