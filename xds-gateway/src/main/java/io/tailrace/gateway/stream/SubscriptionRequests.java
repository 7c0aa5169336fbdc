package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.GroupView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the requests of a stream ask for and drop: what has to be sent or compared for it, and whom the index wakes. */
final class SubscriptionRequests {
    private final TypeTable types;
    private final ChangeOrder order;
    private final Sender sender;
    private final Interests interests;
    private final Arrivals arrivals;

    SubscriptionRequests(TypeTable types, ChangeOrder order, Sender sender, Interests interests, Arrivals arrivals) {
        this.types = types;
        this.order = order;
        this.sender = sender;
        this.interests = interests;
        this.arrivals = arrivals;
    }

    private interface InterestChange {
        void apply(String group, String typeUrl, String name);
    }

    /** The node comes to this group; null: no group selects it. */
    void enter(@Nullable GroupView group) {
        if (group == null) {
            return;
        }
        for (TypeState type : types.inOrder()) {
            type.wants.names().forEach(name -> interests.add(group.name(), type.typeUrl, name));
            if (type.wants.wildcard()) {
                interests.add(group.name(), type.typeUrl, Interests.WILDCARD);
            }
        }
    }

    void leave(@Nullable GroupView group) {
        if (group == null) {
            return;
        }
        for (TypeState type : types.inOrder()) {
            interests.removeAll(group.name(), type.typeUrl, type.wants.names());
            if (type.wants.wildcard()) {
                interests.remove(group.name(), type.typeUrl, Interests.WILDCARD);
            }
        }
    }

    /** `first`: of the type, on this stream; `open`: an answer could go out now. */
    void take(TypeState type, Request.Names names, boolean first, boolean open, long nowMs) {
        switch (names) {
            case Request.Sotw(String version, NameList list) -> {
                if (!first && type.listed == list.fingerprint()) {
                    return;
                }
                type.listed = list.fingerprint();
                Subscription.Change change = type.wants.sotw(list.names());
                type.reconnected |= first && !version.isEmpty();
                if (first && !version.isEmpty()) {
                    type.shownVersion = version;
                    type.has.showWhole();
                }
                apply(type, change, Map.of());
            }
            case Request.Delta delta -> {
                GroupView group = types.newest();
                if (first && group != null && arrivals.takes(type, group, delta, open, nowMs)) {
                    return;
                }
                Subscription.Change change = type.wants.delta(delta.subscribe(), delta.unsubscribe());
                Map<String, String> shown = first ? delta.initialVersions().byName() : Map.of();
                type.reconnected |= !shown.isEmpty();
                type.has.show(shown);
                apply(type, change, shown);
            }
        }
    }

    private void apply(TypeState type, Subscription.Change change, Map<String, String> shown) {
        GroupView from = order.viewOf(type);
        for (String name : change.asked()) {
            ask(type, name, from, shown.containsKey(name));
        }
        for (String name : change.dropped()) {
            drop(type, name, from);
        }
        if (change.wildcardBegan()) {
            type.answerOwed = shown.isEmpty();
            beginWildcard(type, from);
        }
        if (change.wildcardEnded()) {
            endWildcard(type, from);
        }
        if (change.wildcardBegan() || change.wildcardEnded()) {
            type.has.tidy();
        }
    }

    /** `from`: the view that the type is taken from; null: no group selects the node. */
    private void ask(TypeState type, String name, @Nullable GroupView from, boolean shown) {
        interest(interests::add, type, name);
        if (from != null) {
            type.ask(from, name, shown && !order.owes(type, name));
            if (from != types.newest()) {
                type.later.add(name);
            }
        }
    }

    private void drop(TypeState type, String name, @Nullable GroupView from) {
        interest(interests::remove, type, name);
        String canonical = from == null ? name : from.canonical(type.typeUrl, name);
        if (type.wants.wildcard()) {
            type.pending.add(canonical);
            type.again.add(canonical);
        } else if (from == null
                || type.offer.find(from, canonical) == null) { // Or it is asked for by another name, too.
            forget(type, canonical);
        }
        type.tidy(name);
    }

    private void beginWildcard(TypeState type, @Nullable GroupView from) {
        interest(interests::add, type, Interests.WILDCARD);
        GroupView newest = types.newest();
        if (from == null || newest == null) {
            return;
        }
        type.pending.addAll(from.wildcard(type.typeUrl));
        type.pending.addAll(type.has.names());
        if (from != newest) {
            type.later.addAll(newest.wildcard(type.typeUrl));
            type.later.addAll(from.wildcard(type.typeUrl)); // What the newer view lacks has to go again.
        }
    }

    private void endWildcard(TypeState type, @Nullable GroupView from) {
        interest(interests::remove, type, Interests.WILDCARD);
        for (String name : type.has.known()) {
            if (!type.wants.names(name) && (from == null || type.offer.find(from, name) == null)) {
                forget(type, name);
            }
        }
    }

    private void forget(TypeState type, String name) {
        order.drops(type, name);
        sender.mended(type, type.forget(name));
    }

    private void interest(InterestChange change, TypeState type, String name) {
        GroupView group = types.newest();
        if (group != null) {
            change.apply(group.name(), type.typeUrl, name);
        }
    }
}
