package io.tailrace.gateway.stream;

/** What a stream wants done, in this order. */
public sealed interface Effect {
    record Send(Response response) implements Effect {}

    record Tell(Fact fact) implements Effect {}

    /** End the stream with INVALID_ARGUMENT. */
    record Fail(String text) implements Effect {}
}
