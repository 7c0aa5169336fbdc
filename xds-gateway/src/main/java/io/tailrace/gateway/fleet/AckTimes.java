package io.tailrace.gateway.fleet;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * How long events take from their place on the log to the last node that acks what they made. A view that no stream
 * needed counts for nothing; a stream that has owed for a minute is waited for no longer. Belongs to the ledger's thread.
 */
public final class AckTimes {
    static final long GIVE_UP_MS = 60_000;

    private static final class Waiting {
        final long view;
        final List<Long> eventTimesMs;
        boolean needed;

        Waiting(long view, List<Long> eventTimesMs) {
            this.view = view;
            this.eventTimesMs = eventTimesMs;
        }
    }

    private final LongConsumer sink;
    private final Owing owing = new Owing(GIVE_UP_MS);
    private final Deque<Waiting> views = new ArrayDeque<>();
    private long delivered;

    /** The sink is given the milliseconds that each event took. */
    public AckTimes(LongConsumer sink) {
        this.sink = sink;
    }

    void published(long view, List<Long> eventTimesMs) {
        if (!eventTimesMs.isEmpty()) {
            views.addLast(new Waiting(view, eventTimesMs));
        }
    }

    void behind(long stream, long view, long nowMs) {
        owing.owe(stream, view, nowMs);
        for (var all = views.descendingIterator(); all.hasNext(); ) {
            Waiting waiting = all.next();
            if (waiting.view <= view) {
                waiting.needed |= waiting.view == view;
                return;
            }
        }
    }

    void settled(long stream, long nowMs) {
        owing.settle(stream);
        finish(nowMs);
    }

    void reached(long stream, long view, long nowMs) {
        owing.reach(stream, view, nowMs);
        finish(nowMs);
    }

    void delivered(long view, long nowMs) {
        delivered = Math.max(delivered, view);
        if (!owing.isEmpty()) { // who was behind already doesn't say so again
            views.stream().filter(waiting -> waiting.view <= view).forEach(waiting -> waiting.needed = true);
        }
        finish(nowMs);
    }

    void expire(long nowMs) {
        if (!owing.expire(nowMs).isEmpty()) {
            finish(nowMs);
        }
    }

    private void finish(long nowMs) {
        long acked = owing.ackedByAll(delivered);
        while (!views.isEmpty() && views.getFirst().view <= acked) {
            Waiting waiting = views.removeFirst();
            if (waiting.needed) {
                waiting.eventTimesMs.forEach(ms -> sink.accept(Math.max(0, nowMs - ms)));
            }
        }
    }
}
