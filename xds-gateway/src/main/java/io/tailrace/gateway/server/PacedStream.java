package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.XdsStream;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ViewStep;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream that sends as its transport takes it, and what it is asked for when it is its turn ({@link FirstAnswers}). Knows no
 * gRPC. Belongs to its worker's thread.
 */
final class PacedStream {
    private final LoopState loop;
    private final StreamTap tap;
    private final Wire wire;
    private final XdsStream stream;
    private boolean closed;
    private boolean paused;

    private boolean answering;
    private boolean hasAnswered;

    /** It waits for its turn, and nothing that came after it is read. */
    private @Nullable Request waiting;

    /** So does this; until then the stream says nothing of itself. */
    private boolean caughtUpWaits;

    private boolean halfClosed;
    private @Nullable ViewStep due;

    /** The way to the client. */
    interface Wire {
        /** It takes more: there are but some 32 KB that it hasn't taken. Once it does again, {@link PacedStream#ready} is called. */
        boolean isReady();

        void send(Response response);

        /** The next request may be read. */
        void readNext();

        void tell(Fact fact);

        /** The client says no more and has its answers: the stream ends. */
        void finish();

        /** The client broke a rule: the stream ends. */
        void fail(Effect.Fail why);

        /** The gateway did: the stream ends. */
        void failed(RuntimeException failure);

        /** {@link PacedStream#wake} is called then, or before. Long.MAX_VALUE: it needn't be. */
        void wakeAt(long ms);
    }

    PacedStream(StreamSettings settings, LoopState loop, StreamTap tap, Wire wire) {
        this.loop = loop;
        this.tap = tap;
        this.wire = wire;
        this.stream =
                new XdsStream(settings, loop.responses(), loop.subscribers().of(this));
    }

    /** Null before its first request. */
    @Nullable
    Node node() {
        return stream.node();
    }

    /** Once it was handled, which may be later, {@link Wire#readNext} is called, unless the stream has ended. */
    void take(Request request) {
        if (closed) {
            return;
        }
        if (request.asks() && !mayAnswer()) {
            waiting = request;
        } else {
            handle(request);
        }
    }

    private void handle(Request request) {
        Supplier<List<Effect>> step = () -> {
            tap.asked(request);
            return stream.request(request, loop.view(), loop.nowMs());
        };
        if (request.asks()) {
            answer(step);
        } else {
            handle(step);
        }
        if (halfClosed) {
            wire.finish();
        } else if (!closed) {
            wire.readNext();
        }
    }

    /** What is sent in this step counts as a first answer. */
    private void answer(Supplier<List<Effect>> step) {
        answering = true;
        handle(step);
        answering = false;
        hasAnswered = true;
    }

    private boolean mayAnswer() {
        return wire.isReady() && loop.firstAnswers().mayAnswer(this, hasAnswered);
    }

    /** The client sends nothing more. */
    void halfClose() {
        halfClosed = true;
        if (waiting == null) {
            wire.finish();
        }
    }

    /** It is told of this before all else. */
    void owe(ViewStep step) {
        due = step;
    }

    void deliver() {
        if (due != null) {
            handle(List::of);
        }
    }

    void caughtUp() {
        if (mayAnswer()) {
            answer(() -> stream.caughtUp(loop.view(), loop.nowMs()));
        } else {
            caughtUpWaits = true;
        }
    }

    void wake() {
        handle(() -> stream.tick(loop.view(), loop.nowMs()));
    }

    /** The transport takes more again. */
    void ready() {
        if (closed || !wire.isReady()) {
            return;
        }
        loop.firstAnswers().taken(this);
        if (paused) {
            paused = false;
            handle(() -> stream.resume(loop.view(), loop.nowMs()));
        }
        if ((waiting != null || caughtUpWaits) && mayAnswer()) {
            turn();
        }
    }

    /** It may answer what waits, unless its transport is full: then it asks again. */
    void turn() {
        if (closed || !wire.isReady()) {
            return;
        }
        if (caughtUpWaits) {
            caughtUpWaits = false;
            answer(() -> stream.caughtUp(loop.view(), loop.nowMs()));
        }
        Request request = waiting;
        waiting = null;
        if (request != null) {
            handle(request);
        }
    }

    void close() {
        closed = true;
        stream.close();
        loop.catchUps().leave(this);
        loop.firstAnswers().leave(this);
    }

    private void handle(Supplier<List<Effect>> step) {
        if (closed) {
            return;
        }
        try {
            ViewStep change = due;
            if (change != null) {
                due = null;
                stream.change(change, loop.nowMs()).forEach(this::apply);
            }
            if (!closed) {
                step.get().forEach(this::apply);
            }
            if (!closed) {
                if (!wire.isReady()) {
                    paused = true;
                    stream.pause();
                }
                wire.wakeAt(stream.nextMs(loop.nowMs()));
            }
        } catch (RuntimeException e) {
            wire.failed(e);
        }
    }

    private void apply(Effect effect) {
        tap.answered(effect);
        switch (effect) {
            case Effect.Send(Response response) -> {
                wire.send(response);
                if (answering && !wire.isReady()) {
                    loop.firstAnswers().written(this, response.content().bytes());
                }
            }
            case Effect.Tell(Fact fact) -> wire.tell(fact);
            case Effect.CatchUp _ -> {
                caughtUpWaits = false; // It was the answer to the question before.
                loop.catchUps().await(this);
            }
            case Effect.Fail why -> wire.fail(why);
        }
    }
}
