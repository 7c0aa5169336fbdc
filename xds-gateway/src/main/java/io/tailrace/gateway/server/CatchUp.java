package io.tailrace.gateway.server;

import java.util.concurrent.CompletableFuture;

/** Knows when the views that the server was handed are as new as the log. */
public interface CatchUp {
    /**
     * Completes, on any thread and perhaps never, when the server has been handed a view that holds all that was on the
     * log at this call.
     */
    CompletableFuture<Void> catchUp();
}
