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
    /** What a percentile needs at least, and what is enough of it. */
    private static final int LEAST = 20;

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
        updates(warmUp);
        System.gc(); // what warming up has left is not what is measured
        long cpu = Meter.cpuNanos();
        long allocated = Meter.allocatedBytes();
        List<Long> times = updates(measured);
        cpu = Meter.cpuNanos() - cpu;
        allocated = Meter.allocatedBytes() - allocated;
        long rss = Meter.rssBytes();
        return new Measurement((long) times.size() * workload.streams(), cpu, allocated, times, Meter.heapBytes(), rss);
    }

    private List<Long> updates(Duration duration) throws TimeoutException {
        List<Long> times = new ArrayList<>();
        long end = System.nanoTime() + duration.toNanos();
        while (times.size() < MOST && (times.size() < LEAST || System.nanoTime() < end)) {
            long start = System.nanoTime();
            server.publish(catalog.next());
            expected += workload.streams();
            acks.await(expected);
            times.add(System.nanoTime() - start);
        }
        return times;
    }
}
