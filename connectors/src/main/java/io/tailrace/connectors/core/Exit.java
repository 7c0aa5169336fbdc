package io.tailrace.connectors.core;

/** Why a connector has ended. */
public sealed interface Exit {
    /** It was asked to. */
    record Closed() implements Exit {}

    /** Another connector of the same name has taken over; to go on would be to write over each other without end. */
    record Fenced(String reason) implements Exit {}

    /** A mistake of ours. */
    record Failed(Throwable cause) implements Exit {}
}
