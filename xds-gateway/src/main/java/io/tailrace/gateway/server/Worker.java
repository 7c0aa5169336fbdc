package io.tailrace.gateway.server;

import io.grpc.Status;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread and the streams that belong to it. All but {@link #execute} runs on that thread. */
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Status SHUTTING_DOWN =
            Status.UNAVAILABLE.withDescription("the gateway is shutting down; connect to another");

    private final ScheduledThreadPoolExecutor thread;
    private final SharedResponses responses;
    private final Subscribers<GrpcStream> subscribers = new Subscribers<>();
    private final CatchUps<GrpcStream> catchUps;
    private final Set<GrpcStream> streams = new LinkedHashSet<>();
    private View view;

    Worker(int number, View view, AtomicLong nonces, CatchUp log) {
        this.view = view;
        this.catchUps = new CatchUps<>(log, this::execute, GrpcStream::caughtUp);
        this.responses = new SharedResponses(nonces);
        this.thread = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().name("xds-" + number).daemon().unstarted(task));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void execute(Runnable task) {
        try {
            thread.execute(() -> run(task));
        } catch (RejectedExecutionException e) {
            // The server has ended, and its calls with it.
        }
    }

    ScheduledFuture<?> schedule(Runnable task, long delayMs) {
        return thread.schedule(() -> run(task), delayMs, TimeUnit.MILLISECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("a worker's task failed");
        } finally {
            responses.endBatch();
        }
    }

    void step(ViewStep step) {
        view = step.view();
        for (GrpcStream stream : subscribers.concernedBy(step.change())) {
            stream.change(step);
        }
    }

    View view() {
        return view;
    }

    SharedResponses responses() {
        return responses;
    }

    CatchUps<GrpcStream> catchUps() {
        return catchUps;
    }

    Subscribers<GrpcStream> subscribers() {
        return subscribers;
    }

    long nowMs() {
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

    void stop() {
        thread.shutdownNow();
    }
}
