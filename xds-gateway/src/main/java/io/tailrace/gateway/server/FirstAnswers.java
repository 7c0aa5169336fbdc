package io.tailrace.gateway.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what first answers take of a worker's memory when a crowd connects. Streams that have asked for something and
 * haven't got all of it answer one after the other, as long as the transport has taken all but some bytes of what was
 * answered before; the others wait for their turn, in the order in which they came. A client that doesn't read what it
 * has asked for keeps others waiting for a moment only. Belongs to the worker's thread.
 */
final class FirstAnswers<S> {
    private final FirstAnswerLimits limits;
    private final LongSupplier nowMs;
    private final Alarm alarm;
    private final Consumer<S> turn;
    private final Map<S, Answer> underWay = new LinkedHashMap<>();
    private final Set<S> waiting = new LinkedHashSet<>();
    private long bytes;
    private boolean alarmed;
    private @Nullable S inTurn;

    private record Answer(long bytes, long stalledAtMs) {}

    /** Runs a task on the worker's thread after a time. */
    interface Alarm {
        void ring(Runnable task, long delayMs);
    }

    /** `turn` is called for a stream that waited and may answer now: within the call it may, and later it asks again. */
    FirstAnswers(FirstAnswerLimits limits, LongSupplier nowMs, Alarm alarm, Consumer<S> turn) {
        this.limits = limits;
        this.nowMs = nowMs;
        this.alarm = alarm;
        this.turn = turn;
    }

    /** Who may not waits from now on. */
    boolean mayAnswer(S stream) {
        if (stream.equals(inTurn) || (waiting.isEmpty() && bytes < limits.maxBytes())) {
            return true;
        }
        waiting.add(stream);
        setAlarm();
        return false;
    }

    /** These bytes were written, and the transport hasn't taken them yet. */
    void written(S stream, long more) {
        Answer before = underWay.remove(stream); // To the end: the first is the next that may have stalled.
        long all = more + (before == null ? 0 : before.bytes());
        underWay.put(stream, new Answer(all, nowMs.getAsLong() + limits.stallMs()));
        bytes += more;
    }

    /** The transport has taken what was written. */
    void taken(S stream) {
        forget(stream);
        serve();
    }

    /** The stream has ended. */
    void leave(S stream) {
        waiting.remove(stream);
        taken(stream);
    }

    private void forget(S stream) {
        Answer answer = underWay.remove(stream);
        bytes -= answer == null ? 0 : answer.bytes();
    }

    private void serve() {
        while (inTurn == null && bytes < limits.maxBytes() && !waiting.isEmpty()) {
            S next = waiting.iterator().next();
            waiting.remove(next);
            inTurn = next;
            try {
                turn.accept(next);
            } finally {
                inTurn = null;
            }
        }
        setAlarm();
    }

    private void setAlarm() {
        if (!alarmed && !waiting.isEmpty() && !underWay.isEmpty()) {
            alarmed = true;
            Answer oldest = underWay.values().iterator().next();
            alarm.ring(this::alarm, Math.max(1, oldest.stalledAtMs() - nowMs.getAsLong()));
        }
    }

    private void alarm() {
        alarmed = false;
        long now = nowMs.getAsLong();
        List<S> stalled = new ArrayList<>();
        underWay.forEach((stream, answer) -> {
            if (answer.stalledAtMs() <= now) {
                stalled.add(stream);
            }
        });
        stalled.forEach(this::forget);
        serve();
    }
}
