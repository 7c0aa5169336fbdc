package io.tailrace.connectors.core;

import io.tailrace.connectors.core.diff.Snapshot;

/** Something that knows which objects there should be: a folder, a registry, a database. */
public interface Source extends AutoCloseable {
    /** Takes what a source hands over, from a thread of the source's own, and returns soon. */
    interface Taker {
        /** The whole desired state. It replaces those before it: a slow taker skips some. */
        void desired(Snapshot snapshot);

        /** The source has ended by a mistake of its own: nothing comes any more. */
        void failed(Throwable cause);
    }

    /** The {@code ce_source} of all that it publishes: what is on the log under this name is its own. */
    String name();

    /**
     * Begins to hand over the whole desired state, once soon and then at every change. What the source can't read now it
     * leaves as it last knew it.
     */
    void start(Taker taker);

    /** Nothing is handed over after it returns. */
    @Override
    void close();
}
