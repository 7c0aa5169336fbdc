package io.tailrace.bench.trial;

import io.tailrace.bench.figure.Statistics;
import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.bench.process.Stamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Milliseconds of events.
 *
 * @param toLog from when each was due to when it lay on the log
 * @param toAcks from there to the last client's ack
 */
record Latencies(List<Double> toLog, List<Double> toAcks) {
    /** All that were due must have been acked. */
    static Latencies of(List<Stamp> due, Map<Stamp.Subject, Long> log, List<Stamp> acked) {
        Map<Stamp.Subject, Long> acks = new HashMap<>();
        acked.forEach(stamp -> acks.put(stamp.subject(), stamp.micros()));
        List<Double> toLog = new ArrayList<>();
        List<Double> toAcks = new ArrayList<>();
        for (Stamp event : due) {
            Long onLog = log.get(event.subject());
            Long ack = acks.get(event.subject());
            if (onLog == null || ack == null) {
                throw new BenchFailedException(event + (onLog == null ? " isn't on the log" : " wasn't acked by all"));
            }
            toLog.add((onLog - event.micros()) / 1e3);
            toAcks.add((ack - onLog) / 1e3);
        }
        return new Latencies(toLog, toAcks);
    }

    /** From the log to the last ack. */
    double percentile(double share) {
        return Statistics.percentile(toAcks, share);
    }

    /** How late events came to the log. */
    double late() {
        return Statistics.percentile(toLog, 0.99);
    }

    /** From when an event was due to the last ack. */
    double wholePercentile(double share) {
        List<Double> whole = new ArrayList<>();
        for (int i = 0; i < toLog.size(); i++) {
            whole.add(toLog.get(i) + toAcks.get(i));
        }
        return Statistics.percentile(whole, share);
    }
}
