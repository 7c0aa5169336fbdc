package io.tailrace.gateway.tail;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a view that holds all that has been read by now (XDS.md, rule 21). They outlive a reading: whoever waits
 * when it is begun anew waits for the new one's first view, which holds more.
 */
final class CatchUpWaiters {
    /** What a waiter waits for, in the reading that it was last seen in. */
    private static final class Waiter {
        final CompletableFuture<Void> future;

        @Nullable
        Fold reading;

        Fold.Mark mark = Fold.Mark.NOTHING;

        Waiter(CompletableFuture<Void> future) {
            this.future = future;
        }
    }

    /** Filled by any thread. */
    private final Queue<CompletableFuture<Void>> asked = new ConcurrentLinkedQueue<>();

    /** Of the reader's thread. */
    private final List<Waiter> waiters = new ArrayList<>();

    CompletableFuture<Void> await() {
        CompletableFuture<Void> held = new CompletableFuture<>();
        asked.add(held);
        return held;
    }

    /** After each batch, what it made published. On the reader's thread. */
    void serve(Fold fold) {
        for (CompletableFuture<Void> next = asked.poll(); next != null; next = asked.poll()) {
            waiters.add(new Waiter(next));
        }
        List<CompletableFuture<Void>> served = new ArrayList<>();
        waiters.removeIf(waiter -> {
            if (waiter.reading != fold) { // Never seen before, or in an earlier reading.
                waiter.reading = fold;
                waiter.mark = fold.mark();
            }
            return fold.holds(waiter.mark) && served.add(waiter.future);
        });
        served.forEach(future -> future.complete(null));
    }
}
