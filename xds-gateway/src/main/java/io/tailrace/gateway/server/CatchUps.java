package io.tailrace.gateway.server;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Those of one worker's streams that wait until its view is as new as the log (XDS.md, rule 21). One question serves all
 * who came before it went out; who comes later waits for the next. Belongs to the worker's thread.
 */
final class CatchUps<S> {
    private final CatchUp log;
    private final Executor worker;
    private final Consumer<S> caughtUp;
    private Set<S> asked = new LinkedHashSet<>();
    private Set<S> unasked = new LinkedHashSet<>();
    private Set<S> done = new LinkedHashSet<>();
    private boolean asking;

    /** `caughtUp` is called on the worker's thread, for each stream that waited. */
    CatchUps(CatchUp log, Executor worker, Consumer<S> caughtUp) {
        this.log = log;
        this.worker = worker;
        this.caughtUp = caughtUp;
    }

    void await(S stream) {
        leave(stream); // Only an answer to its last question is one to it.
        unasked.add(stream);
        ask();
    }

    /** The stream has ended. */
    void leave(S stream) {
        asked.remove(stream);
        unasked.remove(stream);
        done.remove(stream);
    }

    private void ask() {
        if (!asking && !unasked.isEmpty()) {
            asking = true;
            asked = unasked;
            unasked = new LinkedHashSet<>();
            var _ = log.catchUp().thenRun(() -> worker.execute(this::answered));
        }
    }

    private void answered() {
        asking = false;
        done = asked;
        asked = new LinkedHashSet<>();
        while (!done.isEmpty()) { // What one does may be that another leaves.
            S next = done.iterator().next();
            done.remove(next);
            caughtUp.accept(next);
        }
        ask();
    }
}
