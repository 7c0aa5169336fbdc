package io.tailrace.gateway.testing;

import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Types;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The checker that every stream of every test runs through (XDS.md, "A checker on everything"). It sees what goes over the
 * wire, in its order, and fails at once.
 */
public final class StreamChecker {
    private static final Set<String> AFTER_CLUSTERS =
            Set.of(Types.LISTENER, Types.ROUTE, Types.SCOPED_ROUTE, Types.VIRTUAL_HOST);
    private static final Set<String> WHOLE = Set.of(Types.LISTENER, Types.CLUSTER, Types.SCOPED_ROUTE);

    /** With a ttl in state of the world; for others Envoy would end. */
    private static final Set<String> TIMED = Set.of(Types.LISTENER, Types.CLUSTER);

    private static final int REMEMBERED = 1_000;

    private final Variant variant;
    private final boolean ordered;
    private final int maxUnanswered;
    private final Map<String, CheckedType> types = new HashMap<>();
    private final Set<String> nonces = new HashSet<>();
    private final Deque<String> transcript = new ArrayDeque<>();
    private long forgotten;
    private boolean ttls;

    public StreamChecker(StreamSettings settings) {
        this.variant = settings.variant();
        this.ordered = settings.typeUrl() == null;
        this.maxUnanswered = settings.maxUnanswered();
    }

    /** The stream said that its limit has passed: listeners and routes wait no longer for the clusters sent so far. */
    public void limitPassed() {
        type(Types.CLUSTER).waive();
    }

    /** What the client sends; the type URL filled in. */
    public void asked(Request request) {
        record("> " + request);
        Node node = request.node();
        if (node != null && nonces.isEmpty()) {
            ttls = node.features().contains(ClientFeature.TTL)
                    && (variant == Variant.DELTA || node.features().contains(ClientFeature.WRAPPED_IN_SOTW));
        }
        types.values().forEach(CheckedType::passed);
        type(request.typeUrl()).asked(request);
    }

    public void answered(Answer answer) {
        record("< " + answer);
        demand(!answer.typeUrl().isEmpty(), "a response without a type URL");
        demand(nonces.add(answer.nonce()) && !answer.nonce().isEmpty(), "a nonce that isn't new");
        Set<String> names = new HashSet<>(answer.removed());
        for (Answer.Piece piece : answer.resources()) {
            demand(names.add(piece.name()), "it names " + piece.name() + " twice");
            demand(
                    piece.ttlMs() == 0 || (ttls && (variant == Variant.DELTA || TIMED.contains(answer.typeUrl()))),
                    piece.name() + " has a ttl, which this client doesn't take");
        }
        CheckedType type = type(answer.typeUrl());
        if (answer.isHeartbeat()) {
            type.heartbeat(answer);
            return;
        }
        boolean adds = type.brings(answer);
        if (ordered) {
            inOrder(answer, adds);
        }
        type.answered(answer, adds);
        if (type.unanswered() > maxUnanswered) {
            type.mayComeAgain(); // The older are taken for one, and what their own answers would have said isn't known.
        }
        if (answer.typeUrl().equals(Types.CLUSTER)) {
            type(Types.ASSIGNMENT).mayRepeat(); // Rule 23.
        }
    }

    /** Rule 22. */
    private void inOrder(Answer answer, boolean adds) {
        if (AFTER_CLUSTERS.contains(answer.typeUrl()) && !type(answer.typeUrl()).refreshes(answer)) {
            demand(!type(Types.CLUSTER).isUnacked(), "it comes before the clusters of its change are acked");
        }
        if (answer.typeUrl().equals(Types.CLUSTER) && type(Types.CLUSTER).takes(answer)) {
            demand(
                    AFTER_CLUSTERS.stream().noneMatch(other -> type(other).isUnanswered()),
                    "it takes a cluster away while listeners or routes are unacked");
            demand(!adds || variant == Variant.SOTW || answer.resources().isEmpty(), "it takes and brings clusters");
        }
    }

    /** For the reader of a transcript. */
    public void note(String event) {
        record("= " + event);
    }

    /** The newest thousand lines of what went over the wire, and notes. */
    public String transcript() {
        String all = String.join("\n", transcript);
        return forgotten == 0 ? all : "(" + forgotten + " earlier lines are left out)\n" + all;
    }

    private void record(String line) {
        transcript.add(line);
        if (transcript.size() > REMEMBERED) { // Streams of tests that go on for hours are checked too.
            transcript.remove();
            forgotten++;
        }
    }

    private CheckedType type(String typeUrl) {
        return types.computeIfAbsent(
                typeUrl, url -> new CheckedType(variant == Variant.DELTA, WHOLE.contains(url), this::demand));
    }

    private void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise + "\n" + transcript());
        }
    }
}
