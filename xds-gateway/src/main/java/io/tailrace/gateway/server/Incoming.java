package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Request;

/** A message as it came: a request, or why it isn't one. */
sealed interface Incoming {
    record Good(Request request) implements Incoming {}

    record Broken(String problem) implements Incoming {}

    /** It wasn't read. */
    record TooLarge(String problem) implements Incoming {}
}
