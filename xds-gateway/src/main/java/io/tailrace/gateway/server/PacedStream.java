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

    /** Paused until its turn: it has waited for the log, and says all that it then has to say at once. */
    private boolean held;

    /** In a step of which what is sent was asked for. */
    private boolean answering;

    private boolean hasSent;

    /** It waits for its turn, and nothing that came after it is read. */
    private @Nullable Request waiting;

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
        if (request.asks() && !request.showsAll() && (paused || !mayAnswer())) {
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

    private void answer(Supplier<List<Effect>> step) {
        answering = true;
        handle(step);
        answering = false;
    }

    private boolean mayAnswer() {
        return wire.isReady() && loop.firstAnswers().mayAnswer(this, hasSent);
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
        if (stream.isSilent() && (paused || !mayAnswer())) {
            held = true;
            pause();
        }
        answer(() -> stream.caughtUp(loop.view(), loop.nowMs()));
    }

    void wake() {
        handle(() -> stream.tick(loop.view(), loop.nowMs()));
    }

    /** The transport takes more again. */
    void ready() {
        if (closed || !wire.isReady()) {
            return;
        }
        if (!held) {
            handle(this::resume);
        }
        loop.firstAnswers().taken(this);
        if ((held || waiting != null) && mayAnswer()) {
            turn();
        }
    }

    /** It may say what it was asked for, unless its transport is full: then {@link #ready} asks again. */
    void turn() {
        if (closed || !wire.isReady()) {
            return;
        }
        if (held) {
            held = false;
            answer(this::resume);
        } else {
            handle(this::resume);
        }
        Request request = waiting;
        if (request != null && !paused) {
            waiting = null;
            handle(request);
        }
    }

    private List<Effect> resume() {
        if (!paused) {
            return List.of();
        }
        paused = false;
        return stream.resume(loop.view(), loop.nowMs());
    }

    private void pause() {
        paused = true;
        stream.pause();
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
                    pause();
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
                hasSent = true;
                if (answering && !wire.isReady()) {
                    loop.firstAnswers().written(this, response.content().bytes());
                }
            }
            case Effect.Tell(Fact fact) -> wire.tell(fact);
            case Effect.CatchUp _ -> loop.catchUps().await(this);
            case Effect.Fail why -> wire.fail(why);
        }
    }
}
