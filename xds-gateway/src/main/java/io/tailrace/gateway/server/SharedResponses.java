package io.tailrace.gateway.server;

import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives contents their nonces, from one sequence for the whole gateway. Within one batch of a worker equal contents are
 * one response.
 */
final class SharedResponses implements Response.Source {
    private final AtomicLong sequence;
    private final Map<Content, Response> batch = new HashMap<>();

    SharedResponses(AtomicLong sequence) {
        this.sequence = sequence;
    }

    @Override
    public Response of(Content content) {
        return batch.computeIfAbsent(content, this::anew);
    }

    @Override
    public Response anew(Content content) {
        return new Response(content, Long.toString(sequence.incrementAndGet(), Character.MAX_RADIX));
    }

    void endBatch() {
        batch.clear();
    }
}
