package io.tailrace.bench.server;

import java.util.List;

/**
 * What one server did in one cell.
 *
 * @param pushes responses that were sent and acked while it was measured
 * @param cpuNanos user and system time of the whole process for them
 * @param allocatedBytes on the heap, by all threads
 * @param ackedNanos for each update, from its publication to the last stream's ack
 * @param heapBytes live after a collection
 * @param rssBytes resident, before that collection
 */
public record Measurement(
        long pushes, long cpuNanos, long allocatedBytes, List<Long> ackedNanos, long heapBytes, long rssBytes) {
    public Measurement {
        ackedNanos = List.copyOf(ackedNanos);
    }

    public double cpuMicrosPerPush() {
        return cpuNanos / 1e3 / pushes;
    }

    public double allocatedPerPush() {
        return (double) allocatedBytes / pushes;
    }
}
