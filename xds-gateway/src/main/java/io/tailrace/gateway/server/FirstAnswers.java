package io.tailrace.gateway.server;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Storm control: a crowd that connects is answered in turn. Of what clients ask for only so much is under way at once: written, and
 * not yet taken by the transport (what a transport takes without delay isn't counted). Above that streams wait, in the order in
 * which they came; of four turns three are for those that have had something, since an Envoy waits only so long for the rest.
 *
 * <p>Who takes nothing must not hold up the others for long (rule 8). A stream is given up, and its bytes count no more, once
 * others have taken twice the limit since it was answered; and when nobody has taken anything for a moment, all that have
 * been under way for so long are. How much of an answer was taken isn't known before nearly all of it is, so where links are so
 * slow that no answer gets through in that moment, as much again goes under way in each.
 *
 * <p>Belongs to the worker's thread.
 */
final class FirstAnswers<S> {
    /** Then sockets are written and read. */
    private static final int TURNS_AT_ONCE = 64;

    /** Of so many turns one is for those that have had nothing, however many of the others wait. */
    private static final int FRESH_EVERY = 4;

    private final FirstAnswerLimits limits;
    private final LongSupplier nowMs;
    private final Timer timer;
    private final Consumer<S> turn;
    private final Map<S, Answer> underWay = new LinkedHashMap<>();
    private final Set<S> begun = new LinkedHashSet<>();
    private final Set<S> fresh = new LinkedHashSet<>();
    private long bytes;
    private long takenBytes;
    private long takenAtMs = Long.MIN_VALUE / 2;
    private int sinceFresh;
    private boolean serving;
    private boolean continues;
    private boolean watches;
    private volatile int waiting;

    /** `takenBefore`: of all answers until then. */
    private record Answer(long bytes, long writtenAtMs, long takenBefore) {}

    /** Runs a task on the worker's thread after a time. */
    interface Timer {
        void in(long delayMs, Runnable task);
    }

    /** `turn` is called for a stream that has waited. */
    FirstAnswers(FirstAnswerLimits limits, LongSupplier nowMs, Timer timer, Consumer<S> turn) {
        this.limits = limits;
        this.nowMs = nowMs;
        this.timer = timer;
        this.turn = turn;
    }

    /** Whether the stream may answer now; if not, it waits from now on. `hasBegun`: it has had something. */
    boolean mayAnswer(S stream, boolean hasBegun) {
        if (hasRoom() && begun.isEmpty() && (hasBegun || fresh.isEmpty())) {
            return true;
        }
        (hasBegun ? begun : fresh).add(stream);
        waits();
        return false;
    }

    private boolean hasRoom() {
        return bytes < limits.maxBytes();
    }

    /** Those who wait are served when something is taken, or else by a timer. */
    private void waits() {
        waiting = begun.size() + fresh.size();
        if (waiting == 0) {
            return;
        }
        if (hasRoom() && !continues) {
            continues = true;
            timer.in(0, this::goOn);
        } else if (!hasRoom() && !watches) {
            watches = true;
            long oldest = underWay.values().iterator().next().writtenAtMs();
            long quietSince = Math.max(oldest, takenAtMs);
            timer.in(Math.max(0, quietSince + limits.stallMs() - nowMs.getAsLong()), this::watch);
        }
    }

    private void goOn() {
        continues = false;
        serve();
    }

    private void watch() {
        watches = false;
        long since = nowMs.getAsLong() - limits.stallMs();
        if (takenAtMs <= since) {
            giveUp(answer -> answer.writtenAtMs() <= since);
        }
        serve();
    }

    /** This much of an answer was written, and the transport hasn't taken it yet. */
    void written(S stream, long more) {
        Answer before = underWay.remove(stream); // To the end: the oldest are given up first.
        long all = more + (before == null ? 0 : before.bytes());
        underWay.put(stream, new Answer(all, nowMs.getAsLong(), takenBytes));
        bytes += more;
    }

    /** The transport has taken nearly all that was written. */
    void taken(S stream) {
        Answer answer = underWay.remove(stream);
        if (answer != null) {
            bytes -= answer.bytes();
            takenBytes += answer.bytes();
            takenAtMs = nowMs.getAsLong();
            giveUp(other -> takenBytes - other.takenBefore() >= 2 * limits.maxBytes());
        }
        serve();
    }

    /** The stream has ended. */
    void leave(S stream) {
        begun.remove(stream);
        fresh.remove(stream);
        Answer answer = underWay.remove(stream);
        bytes -= answer == null ? 0 : answer.bytes();
        serve();
    }

    /** How many streams wait; from any thread. */
    int waiting() {
        return waiting;
    }

    /** From the oldest on, as long as they are such. */
    private void giveUp(Predicate<Answer> such) {
        for (Iterator<Answer> all = underWay.values().iterator(); all.hasNext(); ) {
            Answer answer = all.next();
            if (!such.test(answer)) {
                return;
            }
            bytes -= answer.bytes();
            all.remove();
        }
    }

    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            for (int turns = 0; turns < TURNS_AT_ONCE && hasRoom() && !(begun.isEmpty() && fresh.isEmpty()); turns++) {
                turn.accept(next());
            }
        } finally {
            serving = false;
            waits();
        }
    }

    private S next() {
        sinceFresh = begun.isEmpty() || (sinceFresh + 1 >= FRESH_EVERY && !fresh.isEmpty()) ? 0 : sinceFresh + 1;
        Iterator<S> first = (sinceFresh == 0 ? fresh : begun).iterator();
        S next = first.next();
        first.remove();
        return next;
    }
}
