package io.tailrace.bench.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/** A steady rate. What comes due while the caller is busy comes at once afterwards: nothing is left out. */
public final class Pace {
    private static final long PAUSE_NANOS = 500_000;

    private final double perSecond;
    private final long all;

    public Pace(double perSecond, Duration duration) {
        this.perSecond = perSecond;
        this.all = Math.max(1, Math.round(perSecond * duration.toMillis() / 1e3));
    }

    /** Takes those that have come due. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        /** `due`: when each was, in microseconds since 1970. */
        void take(List<Long> due) throws E;
    }

    /** Returns when all were taken. */
    public <E extends Exception> void run(Taker<E> taker) throws E {
        long start = WallClock.micros();
        long taken = 0;
        while (taken < all) {
            long due = Math.min(all, 1 + (long) ((WallClock.micros() - start) / 1e6 * perSecond));
            if (due > taken) {
                taker.take(LongStream.range(taken, due)
                        .map(i -> start + (long) (i * 1e6 / perSecond))
                        .boxed()
                        .toList());
                taken = due;
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
