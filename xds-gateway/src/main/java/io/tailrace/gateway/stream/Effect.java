package io.tailrace.gateway.stream;

/** What a stream wants done, in this order. */
public sealed interface Effect {
    record Send(Response response) implements Effect {}

    record Tell(Fact fact) implements Effect {}

    /** Call {@link XdsStream#caughtUp} once the view holds all that is on the log now (rule 21). */
    record CatchUp() implements Effect {}

    /** End the stream with INVALID_ARGUMENT. */
    record Fail(String text) implements Effect {}
}
