package io.tailrace.gateway.stream;

import java.util.HashMap;
import java.util.Map;

/**
 * Sees how far a client has come that is never at rest, as one is whose endpoints change all the time: whether all that it
 * was owed at one moment is answered by now. Names may be pending again and again, so it counts: what was pending is gone
 * with the next sending, and that is answered when as many answers have come.
 */
final class Progress {
    private static final long NONE = -1;

    private final TypeTable types;
    private final ChangeOrder order;
    private long view = NONE;
    private long taken;
    private boolean clustersLeft;
    private boolean later;
    private boolean pending;
    private final Map<TypeState, Long> awaited = new HashMap<>();

    Progress(TypeTable types, ChangeOrder order) {
        this.types = types;
        this.order = order;
    }

    /** The client is at rest. */
    void reset() {
        view = NONE;
        awaited.clear();
    }

    /** Returns the view that was watched if it is reached, else -1; then this one is watched. */
    long reached(long current) {
        if (view == NONE) {
            watch(current);
            return NONE;
        }
        clustersLeft |= !order.clustersLeave();
        if (!isTaken() || !isSent() || !isAnswered() || !clustersLeft) {
            return NONE;
        }
        long reached = view;
        watch(current);
        return reached;
    }

    private void watch(long current) {
        view = current;
        taken = order.takes();
        clustersLeft = !order.clustersLeave();
        later = types.any(TypeState::isLater);
        pending = true;
        awaited.clear();
        if (!later) {
            expectSends();
        }
    }

    /** What differs in a newer view than the one that is worked from. */
    private boolean isTaken() {
        if (later && order.takes() > taken) {
            later = false;
            expectSends();
        }
        return !later;
    }

    private void expectSends() {
        for (TypeState type : types.inOrder()) {
            if (type.isPending()) {
                awaited.put(type, type.sends + 1);
            }
        }
    }

    private boolean isSent() {
        if (pending && awaited.entrySet().stream().allMatch(each -> each.getKey().sends >= each.getValue())) {
            pending = false;
            awaited.clear();
            for (TypeState type : types.inOrder()) {
                if (type.isUnanswered()) {
                    awaited.put(type, type.emitted);
                }
            }
        }
        return !pending;
    }

    private boolean isAnswered() {
        return awaited.entrySet().stream().allMatch(each -> each.getKey().answered() >= each.getValue());
    }
}
