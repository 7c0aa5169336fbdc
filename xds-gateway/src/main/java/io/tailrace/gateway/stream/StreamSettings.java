package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Node;
import org.jspecify.annotations.Nullable;

/**
 * What kind of stream it is, and its limits in milliseconds and bytes.
 *
 * @param typeUrl the type of a per-type service; null: ADS
 * @param stallMs after this time without an answer, an unacked clusters response holds back no other
 * @param orderLimitMs listeners and routes wait this long at most for the acks of clusters
 * @param splitBytes responses of which a part deletes nothing are split above this
 * @param maxUnanswered responses of one type whose answers are told apart; what is left unanswered before them is taken for one
 * @param maxNames names that a client may subscribe to and show on one stream, over all types
 * @param largeBytes above this a response of one piece is worth a warning
 */
public record StreamSettings(
        Variant variant,
        @Nullable String typeUrl,
        long stallMs,
        long orderLimitMs,
        long splitBytes,
        int maxUnanswered,
        int maxNames,
        long largeBytes) {
    private static final int MAX_UNANSWERED = 1_000;
    private static final int MAX_NAMES = 200_000;

    public static StreamSettings ads(Variant variant) {
        return of(variant, null);
    }

    public static StreamSettings of(Variant variant, @Nullable String typeUrl) {
        return new StreamSettings(variant, typeUrl, 1_000, 15_000, 2 << 20, MAX_UNANSWERED, MAX_NAMES, 4 << 20);
    }

    public StreamSettings withMaxNames(int names) {
        return new StreamSettings(
                variant, typeUrl, stallMs, orderLimitMs, splitBytes, maxUnanswered, names, largeBytes);
    }

    public StreamSettings withMaxUnanswered(int responses) {
        return new StreamSettings(variant, typeUrl, stallMs, orderLimitMs, splitBytes, responses, maxNames, largeBytes);
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
