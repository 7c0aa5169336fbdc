package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** What a worker does with its streams, without its thread and without gRPC: its tasks run one by one when they are told to. */
public final class PureWorker {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Alarm> alarms = new ArrayList<>();
    private final LoopState state;
    private long nowMs;

    private record Alarm(long atMs, Runnable task) {}

    public PureWorker(View view, AtomicLong nonces, CatchUp log, FirstAnswerLimits limits, long nowMs) {
        this.nowMs = nowMs;
        this.state = new LoopState(
                view,
                nonces,
                log,
                limits,
                () -> this.nowMs,
                this::execute,
                (delayMs, task) -> alarms.add(new Alarm(this.nowMs + delayMs, task)));
    }

    /** A stream of this worker; what it does it does in tasks. */
    public PureStream accept(StreamSettings settings, StreamTap tap, Consumer<Fact> told) {
        return new PureStream(settings, state, tap, told, this::execute);
    }

    public void publish(ViewStep step) {
        execute(() -> {
            state.view(step.view());
            for (PacedStream stream : state.subscribers().concernedBy(step.change())) {
                stream.owe(step);
                stream.deliver();
            }
        });
    }

    private void execute(Runnable task) {
        tasks.add(task);
    }

    /** Returns whether there was one. */
    public boolean runNext() {
        Runnable task = tasks.poll();
        if (task != null) {
            task.run();
            state.responses().endBatch();
        }
        return task != null;
    }

    /** Streams that wait for their turn. */
    public int waiting() {
        return state.firstAnswers().waiting();
    }

    /** When the next alarm rings; Long.MAX_VALUE: never. */
    public long nextMs() {
        return alarms.stream().mapToLong(Alarm::atMs).min().orElse(Long.MAX_VALUE);
    }

    /** Time goes on, and what has its moment rings. */
    public void now(long ms) {
        nowMs = ms;
        List<Alarm> ringing =
                alarms.stream().filter(alarm -> alarm.atMs() <= ms).toList();
        alarms.removeAll(ringing);
        ringing.forEach(alarm -> execute(alarm.task()));
    }

    /** Nobody is left in the index. */
    public boolean isEmpty() {
        return state.subscribers().isEmpty();
    }
}
