package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Types;
import java.util.Set;
import java.util.function.Consumer;

/** Behind it listeners and routes wait for the acks of the clusters that they may use, up to a limit (rule 22). */
final class ClusterGate {
    private final StreamSettings settings;
    private final TypeTable types;
    private final Consumer<Effect> effects;
    private final BoundedWait acks;
    // Responses that were waited for long enough.
    private final Set<String> waived = new FewNames();

    ClusterGate(StreamSettings settings, TypeTable types, Consumer<Effect> effects) {
        this.settings = settings;
        this.types = types;
        this.effects = effects;
        this.acks = new BoundedWait(StreamSettings.ORDER_LIMIT_MS);
    }

    boolean isOpen(long nowMs) {
        TypeState clusters = settings.ordered() ? types.get(Types.CLUSTER) : null;
        if (clusters == null || (!clusters.isPending() && !isUnacked(clusters))) {
            acks.end();
            return true;
        }
        if (!acks.isTooLong(nowMs)) {
            return false;
        }
        waived.clear();
        clusters.has.unanswered().forEach(one -> waived.add(one.nonce()));
        effects.accept(new Effect.Tell(new Fact.OrderLimitPassed(Types.CLUSTER)));
        return true;
    }

    private boolean isUnacked(TypeState clusters) {
        return clusters.has.unanswered().stream().anyMatch(one -> one.adds() && !waived.contains(one.nonce()));
    }

    /** Nothing waits behind it. */
    void leave() {
        acks.end();
    }

    /** Clusters were acked or rejected. */
    void answered(TypeState clusters) {
        if (!clusters.isUnanswered()) {
            waived.clear();
        }
    }

    long nextMs() {
        return acks.nextMs();
    }
}
