package io.tailrace.gateway.simulation;

import io.tailrace.gateway.server.PureWorker;
import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.stream.XdsStream;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.StreamChecker;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A stream of a gateway, and the wire to its client, on which messages stay as long as they like. */
final class SimulatedStream implements PureWorker.Call {
    /** Messages that the transport takes before it isn't ready. */
    private static final int WINDOW = 3;

    private final SimulatedGateway gateway;
    private final PureWorker<SimulatedStream> worker;
    private final XdsStream machine;
    private final StreamChecker checker;
    private final Deque<Request> toServer = new ArrayDeque<>();
    private final Deque<Answer> toClient = new ArrayDeque<>();
    private boolean ended;
    private boolean writable = true;
    private boolean limitPassed;
    private @Nullable Fact rest;
    private @Nullable String group;
    private long nowMs;
    private long timerMs = Long.MAX_VALUE;

    SimulatedStream(Variant variant, SimulatedGateway gateway, PureWorker<SimulatedStream> worker, long nowMs) {
        this.gateway = gateway;
        this.worker = worker;
        this.nowMs = nowMs;
        StreamSettings settings = StreamSettings.ads(variant);
        this.checker = new StreamChecker(settings);
        this.machine = new XdsStream(settings, worker.responses(), worker.interests(this));
    }

    void ask(Request request) {
        toServer.add(request);
    }

    /** The oldest request reaches the gateway; whether there was one. */
    boolean deliver() {
        Request request = toServer.poll();
        if (request != null) {
            worker.execute(() -> handle(() -> {
                checker.asked(new Request(null, request.typeUrl(), request.nonce(), request.error(), request.names()));
                return machine.request(request, worker.view(), nowMs);
            }));
        }
        return request != null;
    }

    /** The oldest response reaches the client. */
    @Nullable
    Answer receive() {
        Answer answer = toClient.poll();
        if (!writable && toClient.size() < WINDOW) {
            worker.execute(() -> {
                if (!writable && toClient.size() < WINDOW) {
                    writable = true;
                    handle(() -> machine.writable(true, worker.view(), nowMs));
                }
            });
        }
        return answer;
    }

    /** Nothing is on the wire. */
    boolean isSilent() {
        return toServer.isEmpty() && toClient.isEmpty();
    }

    @Override
    public void change(ViewStep step) {
        handle(() -> machine.change(step, nowMs));
    }

    @Override
    public void caughtUp() {
        handle(() -> machine.caughtUp(worker.view(), nowMs));
    }

    long timerMs() {
        return timerMs;
    }

    /** Time goes on; the timer rings if its moment has come. */
    void now(long ms) {
        nowMs = ms;
        if (!ended && timerMs <= ms) {
            timerMs = Long.MAX_VALUE;
            worker.execute(() -> handle(() -> machine.tick(worker.view(), nowMs)));
        }
    }

    private void handle(Supplier<List<Effect>> step) {
        if (ended) {
            return;
        }
        step.get().forEach(this::apply);
        if (writable && toClient.size() >= WINDOW) {
            writable = false;
            machine.writable(false, worker.view(), nowMs).forEach(this::apply);
        }
        timerMs = machine.nextMs(nowMs);
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Send(Response response) -> {
                Answer answer = Answer.of(response);
                checker.answered(answer);
                toClient.add(answer);
            }
            case Effect.Tell(Fact fact) -> told(fact);
            case Effect.CatchUp _ -> worker.awaitCatchUp(this);
            case Effect.Fail(boolean _, String text) -> throw new AssertionError(text + "\n" + transcript());
        }
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
            machine.close();
            worker.leave(this);
            gateway.streams().remove(this);
            toServer.clear();
            toClient.clear();
        }
    }

    void note(String event) {
        checker.note(event);
    }

    String transcript() {
        return checker.transcript();
    }
}
