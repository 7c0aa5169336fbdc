package io.tailrace.bench.server;

import io.tailrace.bench.workload.Edition;

/** A server that is measured. It serves the whole catalog from its start on, and tells {@link Acks} of each ack. */
public interface BenchServer {
    /** Where it listens, on loopback. */
    int port();

    /** Gives a name another content, which goes to all who asked for it. For one thread. */
    void publish(Edition edition);
}
