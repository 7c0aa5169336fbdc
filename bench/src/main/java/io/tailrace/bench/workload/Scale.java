package io.tailrace.bench.workload;

import io.tailrace.gateway.stream.Variant;

/**
 * How large scenarios are.
 *
 * @param chosenStreams for the scenarios of one number of streams; 0: each has its own
 */
public record Scale(int chosenStreams, int streamsPerConnection) {
    private static final int HOT = 10;
    private static final int HOT_BYTES = 10_000;

    public int streams(int usual) {
        return chosenStreams == 0 ? usual : chosenStreams;
    }

    /** All streams ask for all names, of which ten at most change, of 10 KB each. */
    public Workload workload(Variant variant, int streams, int names) {
        return workload(
                variant, streams, new Content(names, Math.min(names, HOT), HOT_BYTES), new Asking(names, false));
    }

    public Workload workload(Variant variant, int streams, Content content, Asking asking) {
        return new Workload(variant, streams, Math.ceilDiv(streams, streamsPerConnection), content, asking);
    }

    /** Where every client has a connection of its own, as an Envoy has. */
    public Workload unshared(int streams, Content content, Asking asking) {
        return new Workload(Variant.DELTA, streams, Math.max(1, streams), content, asking);
    }
}
