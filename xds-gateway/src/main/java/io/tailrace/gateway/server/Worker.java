package io.tailrace.gateway.server;

import io.grpc.Status;
import io.netty.channel.EventLoop;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One event loop and the streams that belong to it: those of its connections, so what a stream does never changes its
 * thread. All but {@link #execute} and {@link #isCurrent} is for that thread.
 */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Status SHUTTING_DOWN =
            Status.UNAVAILABLE.withDescription("the gateway is shutting down; connect to another");

    private static final int STREAMS_AT_ONCE = 64;

    private final EventLoop loop;
    private final RequestReader requests;
    private final LoopState state;
    private final Set<GrpcStream> streams = new LinkedHashSet<>();
    private final Deque<PacedStream> due = new ArrayDeque<>();
    private @Nullable Runnable whenDelivered;
    private boolean continues;

    Worker(EventLoop loop, View view, AtomicLong nonces, CatchUp log, XdsServerSettings settings) {
        this.loop = loop;
        this.requests = new RequestReader(settings.maxRequestBytes());
        this.state = new LoopState(view, nonces, log, settings.firstAnswers(), Worker::nowMs, this::execute, this::in);
    }

    boolean isCurrent() {
        return loop.inEventLoop();
    }

    void execute(Runnable task) {
        try {
            loop.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            // The server has ended, and its calls with it.
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long delayMs) {
        return loop.schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS);
    }

    private void in(long delayMs, Runnable task) {
        ScheduledFuture<?> _ = schedule(task, delayMs);
    }

    /** At once. */
    void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a worker's task failed");
        } finally {
            state.responses().endBatch();
        }
    }

    /**
     * From now on the view is this one. Streams are told of it some at a time, and in between sockets are written and read:
     * so the first don't wait for the last, and what a stream touches is still near when its answer goes out and is
     * acked. A stream that has something else to do before its turn is told first.
     */
    void step(ViewStep step, Runnable andThen) {
        deliver(Integer.MAX_VALUE);
        whenDelivered = andThen;
        state.view(step.view());
        for (PacedStream stream : state.subscribers().concernedBy(step.change())) {
            stream.owe(step);
            due.add(stream);
        }
        deliverSome();
    }

    private void deliverSome() {
        if (!deliver(STREAMS_AT_ONCE) && !continues) {
            continues = true;
            // Not by execute: a loop goes on with such tasks for a second before it looks at its sockets.
            ScheduledFuture<?> _ = schedule(
                    () -> {
                        continues = false;
                        deliverSome();
                    },
                    0);
        }
    }

    /** Returns whether all are told. */
    private boolean deliver(int streams) {
        for (int i = 0; i < streams && !due.isEmpty(); i++) {
            due.remove().deliver();
        }
        Runnable andThen = whenDelivered;
        if (due.isEmpty() && andThen != null) {
            whenDelivered = null;
            andThen.run();
        }
        return due.isEmpty();
    }

    LoopState state() {
        return state;
    }

    RequestReader requests() {
        return requests;
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** The open ones; of this thread. */
    Set<GrpcStream> streams() {
        return streams;
    }

    /** Ends all streams, evenly over this time and in turn with the other workers: they shall not reconnect at once. */
    void drain(long ms, int number, int workers) {
        execute(() -> {
            long turn = number;
            for (GrpcStream stream : streams) {
                ScheduledFuture<?> _ =
                        schedule(() -> stream.end(SHUTTING_DOWN), ms * turn / ((long) workers * streams.size()));
                turn += workers;
            }
        });
    }
}
