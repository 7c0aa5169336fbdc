package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Fact;

/**
 * Whoever watches the fleet. Called on the workers' threads, for one stream always on the same one: it must return at
 * once. Streams are numbered from 1, anew with each start of a gateway.
 */
public interface FleetObserver {
    FleetObserver NONE = new FleetObserver() {
        @Override
        public void told(long stream, Fact fact) {}

        @Override
        public void disconnected(long stream) {}

        @Override
        public void delivered(long view) {}
    };

    void told(long stream, Fact fact);

    /** Only of streams of which {@link Fact.Connected} was told. */
    void disconnected(long stream);

    /** Every stream that a view concerns has been handed it: who isn't behind it by now never will be. */
    void delivered(long view);
}
