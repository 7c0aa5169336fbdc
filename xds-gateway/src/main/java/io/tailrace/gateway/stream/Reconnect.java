package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Never back in time (rule 21). A client whose first request of a type shows what the view doesn't give may come from a
 * newer one: the stream says nothing until the view has passed all that is on the log. Without Kafka, after a limit, what
 * the client showed of such a type is left as it is, and the rest is served.
 */
final class Reconnect {
    /** Below the 5 s after which an Envoy that reconnects goes on without the load assignments and routes it asks for. */
    static final long LIMIT_MS = 3_000;

    private final TypeTable types;
    private final Consumer<Effect> effects;
    private boolean open;
    private boolean limitPassed;
    private long sinceMs;

    Reconnect(TypeTable types, Consumer<Effect> effects) {
        this.types = types;
        this.effects = effects;
    }

    /** A type's first request has come, and what it subscribes to is known. */
    void firstRequest(TypeState type, @Nullable GroupView group, long nowMs) {
        if (type.shownVersion == null ? isDoubtful(type, group) : isDoubtful(type, group, type.shownVersion)) {
            if (!open) {
                open = true;
                limitPassed = false;
                sinceMs = nowMs;
            }
            effects.accept(new Effect.CatchUp());
        }
    }

    /** Delta: each name is compared. */
    private static boolean isDoubtful(TypeState type, @Nullable GroupView group) {
        for (Map.Entry<String, String> one : type.has.shown().entrySet()) {
            Body body = group == null ? null : type.offer.find(group, group.canonical(type.typeUrl, one.getKey()));
            if (body == null || !body.hasHashOf(one.getValue())) {
                type.doubted.addAll(type.has.shown().keySet());
                return true;
            }
        }
        return false;
    }

    /** State of the world: one version for all. That of a part says nothing of the others, so only that of all is known. */
    private static boolean isDoubtful(TypeState type, @Nullable GroupView group, String shown) {
        boolean whole = Turn.isWhole(type.typeUrl);
        if ((!whole && type.wants.names().isEmpty())
                || (group != null && Sender.version(type.offer.all(group)).equals(shown))) {
            return false;
        }
        type.doubtedWhole = whole;
        for (String name : type.wants.names()) {
            type.doubted.add(group == null ? name : group.canonical(type.typeUrl, name));
        }
        return true;
    }

    /** It isn't known yet whether the client has newer things than the view. */
    boolean isOpen() {
        return open;
    }

    /** Whether the stream says nothing, as of the last look. */
    boolean isSilent() {
        return open && !limitPassed;
    }

    /** Whether the stream says nothing for now. */
    boolean holds(long nowMs) {
        if (open && !limitPassed && nowMs - sinceMs >= LIMIT_MS) {
            limitPassed = true;
            effects.accept(new Effect.Tell(new Fact.CatchUpLimitPassed()));
        }
        return isSilent();
    }

    /** The view holds all that was on the log at the last {@link Effect.CatchUp}: nothing that a client has is newer. */
    void caughtUp() {
        open = false;
        types.inOrder().forEach(TypeState::trust);
    }

    /** When the limit passes; Long.MAX_VALUE: it doesn't matter. */
    long nextMs() {
        return isSilent() ? sinceMs + LIMIT_MS : Long.MAX_VALUE;
    }
}
