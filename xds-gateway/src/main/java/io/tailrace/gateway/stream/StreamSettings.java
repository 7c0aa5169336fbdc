package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Node;
import org.jspecify.annotations.Nullable;

/**
 * What kind of stream it is, and its limits.
 *
 * @param typeUrl the type of a per-type service; null: ADS
 * @param maxUnanswered responses of one type whose answers are told apart, at least 2, and 100 at most where a response is all of
 *     its type; what is left unanswered before them is taken for one
 * @param maxNames names that a client may subscribe to and show on one stream, over all types
 */
public record StreamSettings(Variant variant, @Nullable String typeUrl, int maxUnanswered, int maxNames) {
    /** After this time without an answer, an unacked clusters response holds back no other. */
    static final long STALL_MS = 1_000;

    /** Listeners and routes wait this long at most for the acks of clusters. */
    static final long ORDER_LIMIT_MS = 15_000;

    /** Responses of which a part deletes nothing are split above this. */
    static final long SPLIT_BYTES = 2 << 20;

    /** Above this a response of one piece is worth a warning. */
    static final long LARGE_BYTES = 4 << 20;

    private static final int MAX_UNANSWERED = 1_000;
    private static final int MAX_NAMES = 200_000;

    public StreamSettings {
        if (maxUnanswered < 2 || maxNames < 1) {
            throw new IllegalArgumentException("maxUnanswered is %d and maxNames %d; at least 2 and 1 are needed"
                    .formatted(maxUnanswered, maxNames));
        }
    }

    public static StreamSettings ads(Variant variant) {
        return new StreamSettings(variant, null, MAX_UNANSWERED, MAX_NAMES);
    }

    public static StreamSettings of(Variant variant, String typeUrl) {
        return new StreamSettings(variant, typeUrl, MAX_UNANSWERED, MAX_NAMES);
    }

    public StreamSettings withMaxUnanswered(int responses) {
        return new StreamSettings(variant, typeUrl, responses, maxNames);
    }

    public StreamSettings withMaxNames(int names) {
        return new StreamSettings(variant, typeUrl, maxUnanswered, names);
    }

    boolean delta() {
        return variant == Variant.DELTA;
    }

    boolean takesTtls(Node node) {
        return node.features().contains(ClientFeature.TTL)
                && (delta() || node.features().contains(ClientFeature.WRAPPED_IN_SOTW));
    }

    /** A stream of one type knows nothing of the others: it keeps no order among them. */
    boolean ordered() {
        return typeUrl == null;
    }
}
