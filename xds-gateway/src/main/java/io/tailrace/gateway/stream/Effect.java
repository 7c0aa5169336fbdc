package io.tailrace.gateway.stream;

/** What a stream wants done, in this order. */
public sealed interface Effect {
    record Send(Response response) implements Effect {}

    record Tell(Fact fact) implements Effect {}

    /** Call {@link XdsStream#caughtUp} once the view holds all that is on the log now (rule 21). */
    record CatchUp() implements Effect {}

    /** End the stream: with RESOURCE_EXHAUSTED if it asks for too much, else with INVALID_ARGUMENT. */
    record Fail(boolean tooMuch, String text) implements Effect {}
}
