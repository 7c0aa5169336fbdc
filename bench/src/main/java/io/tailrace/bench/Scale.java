package io.tailrace.bench;

import io.tailrace.bench.workload.Workload;
import io.tailrace.gateway.stream.Variant;

/**
 * How large scenarios are.
 *
 * @param chosenStreams for the scenarios of one number of streams; 0: each has its own
 */
record Scale(int chosenStreams, int streamsPerConnection) {
    int streams(int usual) {
        return chosenStreams == 0 ? usual : chosenStreams;
    }

    Workload workload(Variant variant, int streams, int names) {
        return new Workload(variant, streams, Math.ceilDiv(streams, streamsPerConnection), names);
    }
}
