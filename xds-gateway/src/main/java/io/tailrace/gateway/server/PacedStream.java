package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Effect;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.XdsStream;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream that sends as its transport takes it, and its first answers when it is its turn. Knows no gRPC. Belongs to its
 * worker's thread.
 */
final class PacedStream {
    private final Host host;
    private final StreamTap tap;
    private final Wire wire;
    private final XdsStream stream;
    private boolean closed;
    private boolean paused;
    /** The client has asked for something and hasn't been given all of it: what is sent are first answers. */
    private boolean arriving;
    /** It waits for the stream's turn; nothing that came after it is read. */
    private @Nullable Request waiting;

    private @Nullable ViewStep due;

    /** What the streams of one thread share. */
    interface Host {
        View view();

        long nowMs();

        Response.Source responses();

        Subscribers<PacedStream> subscribers();

        CatchUps<PacedStream> catchUps();

        FirstAnswers<PacedStream> firstAnswers();
    }

    /** The way to the client. */
    interface Wire {
        /** It takes more. Once it does again, {@link PacedStream#ready} is called. */
        boolean isReady();

        void send(Response response);

        /** The next request may be read. */
        void readNext();

        void tell(Fact fact);

        /** The client broke a rule: the stream ends. */
        void fail(Effect.Fail why);

        /** The gateway did: the stream ends. */
        void failed(RuntimeException failure);

        /** {@link PacedStream#wake} is called then or before. Long.MAX_VALUE: never. */
        void wakeAt(long ms);
    }

    PacedStream(StreamSettings settings, Host host, StreamTap tap, Wire wire) {
        this.host = host;
        this.tap = tap;
        this.wire = wire;
        this.stream =
                new XdsStream(settings, host.responses(), host.subscribers().of(this));
    }

    /** Null before its first request. */
    @Nullable
    Node node() {
        return stream.node();
    }

    /** Once it is done, or at once, {@link Wire#readNext} is called, unless the stream has ended. */
    void take(Request request) {
        if (closed) {
            return;
        }
        arriving |= request.asks();
        if (request.asks() && !paused && !mayAnswer()) {
            pause();
            waiting = request;
            return;
        }
        handle(() -> {
            tap.asked(request);
            return stream.request(request, host.view(), host.nowMs());
        });
        if (!closed) {
            wire.readNext();
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
        arriving = true;
        handle(() -> stream.caughtUp(host.view(), host.nowMs()));
    }

    void wake() {
        handle(() -> stream.tick(host.view(), host.nowMs()));
    }

    /** The transport has taken what was sent. */
    void ready() {
        if (wire.isReady()) {
            host.firstAnswers().taken(this);
            resume();
        }
    }

    /** Goes on, unless the transport is full or it must wait for its turn. */
    void resume() {
        if (closed || !paused || !wire.isReady() || !mayAnswer()) {
            return;
        }
        paused = false;
        handle(() -> stream.resume(host.view(), host.nowMs()));
        Request first = waiting;
        waiting = null;
        if (first != null) {
            take(first);
        }
    }

    void close() {
        closed = true;
        stream.close();
        host.catchUps().leave(this);
        host.firstAnswers().leave(this);
    }

    private boolean mayAnswer() {
        return !arriving || host.firstAnswers().mayAnswer(this);
    }

    private void pause() {
        paused = true;
        stream.pause();
    }

    private void handle(Supplier<List<Effect>> step) {
        if (closed) {
            return;
        }
        try {
            if (!paused && !mayAnswer()) {
                pause();
            }
            ViewStep change = due;
            if (change != null) {
                due = null;
                stream.change(change, host.nowMs()).forEach(this::apply);
            }
            if (!closed) {
                step.get().forEach(this::apply);
            }
            if (!closed) {
                if (!wire.isReady()) {
                    pause();
                }
                wire.wakeAt(stream.nextMs(host.nowMs()));
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
                if (arriving && !wire.isReady()) {
                    host.firstAnswers().written(this, response.content().bytes());
                }
            }
            case Effect.Tell(Fact fact) -> {
                arriving &= !(fact instanceof Fact.Settled);
                wire.tell(fact);
            }
            case Effect.CatchUp _ -> host.catchUps().await(this);
            case Effect.Fail why -> wire.fail(why);
        }
    }
}
