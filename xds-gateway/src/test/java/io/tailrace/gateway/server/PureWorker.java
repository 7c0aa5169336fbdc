package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Interests;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/** What a worker does with its streams, without its thread and without gRPC: its tasks run one by one when they are told to. */
public final class PureWorker<S extends PureWorker.Call> {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final Subscribers<S> subscribers = new Subscribers<>();
    private final SharedResponses responses;
    private final CatchUps<S> catchUps;
    private View view;

    /** A stream as its worker sees it. */
    public interface Call {
        void change(ViewStep step);

        void caughtUp();
    }

    public PureWorker(View view, AtomicLong nonces, CatchUp log) {
        this.view = view;
        this.responses = new SharedResponses(nonces);
        this.catchUps = new CatchUps<>(log, this::execute, Call::caughtUp);
    }

    public void execute(Runnable task) {
        tasks.add(task);
    }

    /** Returns whether there was one. */
    public boolean runNext() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
            responses.endBatch();
        }
        return task != null;
    }

    public void publish(ViewStep step) {
        execute(() -> {
            view = step.view();
            subscribers.concernedBy(step.change()).forEach(call -> call.change(step));
        });
    }

    public View view() {
        return view;
    }

    public Response.Source responses() {
        return responses;
    }

    public Interests interests(S call) {
        return subscribers.of(call);
    }

    public void awaitCatchUp(S call) {
        catchUps.await(call);
    }

    /** The call has ended, and has taken itself out of the index. */
    public void leave(S call) {
        catchUps.leave(call);
    }

    /** Nobody is left in the index. */
    public boolean isEmpty() {
        return subscribers.isEmpty();
    }
}
