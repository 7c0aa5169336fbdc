package io.tailrace.bench.trial;

import java.io.IOException;
import java.time.Duration;

/** Something that takes events at a pace and brings them to clients. */
interface Paced extends AutoCloseable {
    /** Until compilers take part in it no more: what is measured earlier is them. */
    Duration WARMING = Duration.ofSeconds(60);

    /** Takes events whose times don't count. */
    default void warmUp(double perSecond) throws IOException, InterruptedException {
        pace(perSecond, WARMING);
    }

    /** Returns when every client has acked every one of these events. */
    Latencies pace(double perSecond, Duration duration) throws IOException, InterruptedException;

    /** Throws unless every client has the truth. */
    void check() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
