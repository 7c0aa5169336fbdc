package io.tailrace.gateway.server;

import io.tailrace.gateway.view.View;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** What the streams of one thread have in common. Belongs to that thread. */
final class LoopState {
    private final LongSupplier nowMs;
    private final Subscribers<PacedStream> subscribers = new Subscribers<>();
    private final SharedResponses responses;
    private final CatchUps<PacedStream> catchUps;
    private final FirstAnswers<PacedStream> firstAnswers;
    private View view;

    /** `loop` and `timer` run tasks on the thread. */
    LoopState(
            View view,
            AtomicLong nonces,
            CatchUp log,
            FirstAnswerLimits limits,
            LongSupplier nowMs,
            Executor loop,
            FirstAnswers.Timer timer) {
        this.view = view;
        this.nowMs = nowMs;
        this.responses = new SharedResponses(nonces);
        this.catchUps = new CatchUps<>(log, loop, PacedStream::caughtUp);
        this.firstAnswers = new FirstAnswers<>(limits, nowMs, timer, PacedStream::turn);
    }

    View view() {
        return view;
    }

    /** Whom it concerns must be told. */
    void view(View newest) {
        view = newest;
    }

    /** Of a clock that only goes on. */
    long nowMs() {
        return nowMs.getAsLong();
    }

    Subscribers<PacedStream> subscribers() {
        return subscribers;
    }

    SharedResponses responses() {
        return responses;
    }

    CatchUps<PacedStream> catchUps() {
        return catchUps;
    }

    FirstAnswers<PacedStream> firstAnswers() {
        return firstAnswers;
    }
}
