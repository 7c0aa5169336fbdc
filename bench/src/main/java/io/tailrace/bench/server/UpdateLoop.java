package io.tailrace.bench.server;

import io.tailrace.bench.workload.Catalog;
import io.tailrace.bench.workload.Workload;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Updates one after the other, each of which all streams ack before the next: some to warm up, then those that count. */
final class UpdateLoop {
    /** Few streams make few pushes in a second; the compiler wants as many of them as of others. */
    private static final int PUSHES_TO_WARM_UP = 50_000;

    /** But a slow server gets no more than this many times the time. */
    private static final int LONGEST_WARM_UP = 4;

    private static final int LEAST_MEASURED = 20;

    private static final int MOST = 5_000;

    private final Workload workload;
    private final Catalog catalog;
    private final BenchServer server;
    private final Acks acks;
    private long expected;

    UpdateLoop(Workload workload, Catalog catalog, BenchServer server, Acks acks) {
        this.workload = workload;
        this.catalog = catalog;
        this.server = server;
        this.acks = acks;
    }

    /** `before`: the acks of what clients had asked for; some of them may still be on their way. */
    Measurement run(long before, Duration warmUp, Duration measured) throws TimeoutException, IOException {
        expected = before;
        acks.await(expected);
        warmUp(warmUp);
        System.gc(); // what warming up has left is not what is measured
        long cpu = Meter.cpuNanos();
        long allocated = Meter.allocatedBytes();
        List<Long> times = updates(measured);
        cpu = Meter.cpuNanos() - cpu;
        allocated = Meter.allocatedBytes() - allocated;
        long rss = Meter.rssBytes();
        return new Measurement(
                (long) times.size() * workload.subscribers(), cpu, allocated, times, Meter.heapBytes(), rss);
    }

    private void warmUp(Duration duration) throws TimeoutException {
        long start = System.nanoTime();
        long until = expected + PUSHES_TO_WARM_UP;
        long passed = 0;
        while (passed < duration.toNanos() || (expected < until && passed < LONGEST_WARM_UP * duration.toNanos())) {
            update();
            passed = System.nanoTime() - start;
        }
    }

    private List<Long> updates(Duration duration) throws TimeoutException {
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + duration.toNanos();
        while (times.size() < MOST && (times.size() < LEAST_MEASURED || System.nanoTime() < end)) {
            long start = System.nanoTime();
            update();
            times.add(System.nanoTime() - start);
        }
        return times;
    }

    private void update() throws TimeoutException {
        server.publish(catalog.next());
        expected += workload.subscribers();
        acks.await(expected);
    }
}
