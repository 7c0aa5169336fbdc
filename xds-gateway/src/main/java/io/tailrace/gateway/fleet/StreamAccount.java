package io.tailrace.gateway.fleet;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.view.Positions;
import io.tailrace.schemas.log.v1.RejectedResource;
import io.tailrace.schemas.log.v1.Rejection;
import java.util.Collection;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One stream's account: whose it is, what it has acked, what it rejects now. Belongs to the ledger's thread. */
final class StreamAccount {
    private StreamNode node;
    private boolean settledOnce;
    /** Null: all that was delivered. */
    private @Nullable Positions acked = Positions.NONE;

    private Positions watched = Positions.NONE;

    private final NavigableMap<String, Rejection> rejections = new TreeMap<>();
    private Positions ackedBeforeRejection = Positions.NONE;

    StreamAccount(StreamNode node) {
        this.node = node;
    }

    StreamNode node() {
        return node;
    }

    void move(@Nullable String group) {
        node = node.in(group);
    }

    /** A stream that never had everything holds nobody back: it is behind by name. */
    boolean settledOnce() {
        return settledOnce;
    }

    boolean isBehind() {
        return acked != null;
    }

    boolean isRejecting() {
        return !rejections.isEmpty();
    }

    void behind(Positions before) {
        if (acked == null) {
            acked = before;
        }
    }

    /** All that it was owed with these positions is to be acked next. */
    void watched(Positions positions) {
        watched = positions;
    }

    /** It has acked what was watched, but isn't at rest. */
    void reached() {
        if (acked != null) {
            acked = watched;
        }
    }

    void settled() {
        settledOnce = true;
        acked = null;
    }

    /** While it rejects anything, what it had acked before that. */
    Positions acked(Positions delivered) {
        if (isRejecting()) {
            return ackedBeforeRejection;
        }
        return acked == null ? delivered : acked;
    }

    void reject(Fact.Rejected fact, Positions delivered, long timeMs) {
        if (!isRejecting()) {
            ackedBeforeRejection = acked(delivered);
        }
        NavigableMap<String, RejectedResource> resources = resources(fact.typeUrl());
        fact.resources()
                .forEach(resource -> resources.put(
                        resource.name(),
                        RejectedResource.newBuilder()
                                .setName(resource.name())
                                .setVersion(resource.version())
                                .build()));
        Rejection rejection = Rejection.newBuilder()
                .setTypeUrl(fact.typeUrl())
                .addAllResources(resources.values())
                .setMessage(fact.message())
                .setTimeMs(timeMs)
                .build();
        rejections.put(fact.typeUrl(), rejection);
    }

    /** What it rejects no more; a rejection of nothing by name ends with any of its type. */
    void mend(Fact.Mended fact) {
        Rejection rejection = rejections.get(fact.typeUrl());
        if (rejection == null) {
            return;
        }
        Set<String> mended = new HashSet<>(fact.names());
        NavigableMap<String, RejectedResource> left = resources(fact.typeUrl());
        left.keySet().removeAll(mended);
        if (left.isEmpty()) {
            rejections.remove(fact.typeUrl());
        } else {
            rejections.put(
                    fact.typeUrl(),
                    rejection.toBuilder()
                            .clearResources()
                            .addAllResources(left.values())
                            .build());
        }
    }

    private NavigableMap<String, RejectedResource> resources(String typeUrl) {
        NavigableMap<String, RejectedResource> resources = new TreeMap<>();
        Rejection rejection = rejections.get(typeUrl);
        if (rejection != null) {
            rejection.getResourcesList().forEach(resource -> resources.put(resource.getName(), resource));
        }
        return resources;
    }

    /** Sorted by type. */
    Collection<Rejection> rejections() {
        return rejections.values();
    }
}
