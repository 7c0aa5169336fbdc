package io.tailrace.bench.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts the acks that a server has read, for one thread that waits for them. */
public final class Acks {
    private static final long LIMIT_SECONDS = 60;

    private final AtomicLong count = new AtomicLong();
    private volatile long wanted = Long.MAX_VALUE;
    private volatile @Nullable Thread waiting;

    /** From any thread. */
    void acked() {
        if (count.incrementAndGet() == wanted) {
            LockSupport.unpark(waiting);
        }
    }

    /** Returns when there have been so many since the start. */
    void await(long total) throws TimeoutException {
        waiting = Thread.currentThread();
        wanted = total;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (count.get() < total) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        "%d acks of %d came within %d s".formatted(count.get(), total, LIMIT_SECONDS));
            }
            LockSupport.parkNanos(left);
        }
    }
}
