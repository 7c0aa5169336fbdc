package io.tailrace.gateway.simulation;

import io.tailrace.gateway.server.PureStream;
import io.tailrace.gateway.server.PureWorker;
import io.tailrace.gateway.server.StreamTap;
import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.StreamChecker;
import org.jspecify.annotations.Nullable;

/** A stream of a gateway, with the checker of the protocol on it, and what was told of it. */
final class SimulatedStream {
    private final SimulatedGateway gateway;
    private final PureStream wire;
    private final StreamChecker checker;
    private boolean ended;
    private boolean limitPassed;
    private @Nullable Fact rest;
    private @Nullable String group;

    SimulatedStream(Variant variant, SimulatedGateway gateway, PureWorker worker) {
        this.gateway = gateway;
        StreamSettings settings = StreamSettings.ads(variant);
        this.checker = new StreamChecker(settings);
        this.wire = worker.accept(settings, new Tap(), this::told);
    }

    private final class Tap implements StreamTap {
        @Override
        public void asked(Request request) {
            checker.asked(new Request(null, request.typeUrl(), request.nonce(), request.error(), request.names()));
        }

        @Override
        public void answered(Effect effect) {
            if (effect instanceof Effect.Send(Response response)) {
                checker.answered(Answer.of(response));
            }
        }
    }

    void ask(Request request) {
        wire.ask(request);
    }

    /** The oldest request reaches the gateway; whether there was one. */
    boolean deliver() {
        return wire.deliver();
    }

    /** The oldest response reaches the client. */
    @Nullable
    Answer receive() {
        Response response = wire.receive();
        return response == null ? null : Answer.of(response);
    }

    /** Nothing is on the wire. */
    boolean isSilent() {
        return wire.isSilent();
    }

    long timerMs() {
        return wire.timerMs();
    }

    void now(long ms) {
        wire.now(ms);
    }

    private void told(Fact fact) {
        checker.note(fact.toString());
        switch (fact) {
            case Fact.OrderLimitPassed _ -> {
                limitPassed = true;
                checker.limitPassed();
            }
            case Fact.CatchUpLimitPassed _ -> limitPassed = true;
            case Fact.Behind _, Fact.Settled _ -> rest = fact;
            case Fact.Connected connected -> group = connected.group();
            case Fact.Selected selected -> group = selected.group();
            default -> {}
        }
    }

    /** A limit made it go on though it wasn't known to be safe. */
    boolean hasGivenUp() {
        return limitPassed;
    }

    /** The node's; null: none selects it. */
    @Nullable
    String group() {
        return group;
    }

    boolean isSettled() {
        return rest instanceof Fact.Settled;
    }

    boolean isOpen() {
        return !ended;
    }

    void end() {
        if (!ended) {
            ended = true;
            wire.close();
            gateway.streams().remove(this);
        }
    }

    void note(String event) {
        checker.note(event);
    }

    String transcript() {
        return checker.transcript();
    }
}
