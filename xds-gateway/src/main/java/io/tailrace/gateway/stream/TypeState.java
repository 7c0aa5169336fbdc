package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.ResourceName;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One type on one stream: what the client wants, what it has, and the names of which it may have to hear. Only names are
 * kept, never messages: what is pending for a slow client costs no more than its subscriptions (rule 25).
 */
final class TypeState {
    final String typeUrl;
    final Turn turn;
    final Subscription wants;
    final Offer offer;
    final Holdings has;

    /** A response is all that the client is to have: what it leaves out is deleted (rule 15). */
    final boolean whole;

    /** To be compared with the view that the stream works from. */
    final Set<String> pending = new FewNames();

    /** Of the pending ones, those to be sent though the client has them. */
    final Set<String> again = new FewNames();

    /** Of a type of which a response is all: those that went out since they were asked for, and aren't accepted yet. */
    private final Set<String> askedFor = new FewNames();

    /** They differ in a newer view than the one that the stream works from. */
    final Set<String> later = new FewNames();

    /** Gone from the view, and not yet from the client: others must leave them first (rule 22). */
    final Set<String> leaving = new FewNames();

    /** They need a cluster that the client has rejected (rule 6). */
    final Set<String> heldBack = new FewNames();

    /** Pending ones that the client has rejected among others. */
    final Suspects suspects = new Suspects();

    /** What the client showed, and may be newer than the view: left alone until the view has caught up (rule 21). */
    final Set<String> doubted = new FewNames();

    /** In SotW, of types of which a response is all: what the client has isn't known name by name. */
    boolean doubtedWhole;

    /** Pending ones that are left alone. */
    final Set<String> leftAlone = new FewNames();

    String newestNonce = "";

    /** In SotW, the fingerprint of the list that the client sent last. */
    long listed;

    /** How often all that was pending was sent. */
    long sends;

    /** Responses so far. */
    long emitted;

    /** The first wildcard request is answered even if there is nothing to say (rule 5). */
    boolean answerOwed;

    /** The version that a first SotW request under a wildcard showed, until it is compared (rule 20). */
    @Nullable
    String shownVersion;

    /** The client was here before, perhaps at another gateway. */
    boolean reconnected;

    private final TypeTable types;

    /** `ttls`: the client takes them. */
    TypeState(String typeUrl, StreamSettings settings, boolean ttls, NameTables names, TypeTable types) {
        this.typeUrl = typeUrl;
        this.types = types;
        this.whole = !settings.delta() && Turn.isWhole(typeUrl);
        this.wants = new Subscription(new NameSet(names, typeUrl), new Keeper());
        this.offer = new Offer(typeUrl, wants, names, ttls);
        this.has = new Holdings(whole, settings.maxUnanswered(), new Newest());
        this.turn = Turn.of(typeUrl);
    }

    /** What the newest view has for the client, by the names that the view has for it. */
    private final class Newest implements Bodies {
        @Override
        public @Nullable Body get(String name) {
            GroupView newest = types.newest();
            Body body = newest == null ? null : offer.find(newest, name);
            return body != null && body.name().equals(name) ? body : null;
        }

        @Override
        public Collection<Body> all() {
            GroupView newest = types.newest();
            return newest == null ? List.of() : offer.all(newest);
        }
    }

    /** What the client has doesn't change with what it wants. */
    private final class Keeper implements Subscription.Watcher {
        @Override
        public void beforeName(String name) {
            GroupView newest = types.newest();
            if (newest != null) {
                has.keep(newest.canonical(typeUrl, name));
            }
        }

        @Override
        public void beforeWildcard() {
            GroupView newest = types.newest();
            if (newest != null) {
                newest.wildcard(typeUrl).forEach(has::keep);
            }
        }
    }

    ResourceName resource(String name) {
        return new ResourceName(typeUrl, name);
    }

    /** The client asks for it: it is sent whether or not it has changed (rules 12, 13), unless the client shows it. */
    void ask(GroupView group, String name, boolean shown) {
        String canonical = group.canonical(typeUrl, name);
        pending.add(canonical);
        has.asked(canonical);
        if (!shown) {
            again.add(canonical);
        }
    }

    void changed(Collection<String> names, @Nullable GroupView group, Set<String> into) {
        for (String name : names) {
            if (wants.wildcard() || wants.names(name) || has.has(name)) {
                if (group != null || types.newest() != null) {
                    keep(name, types.newest());
                    keep(name, group);
                }
                into.add(group == null ? name : group.canonical(typeUrl, name));
            }
        }
    }

    private void keep(String name, @Nullable GroupView group) {
        has.keep(group == null ? name : group.canonical(typeUrl, name));
    }

    /** What is wanted by this name has changed. */
    void tidy(String name) {
        GroupView newest = types.newest();
        if (newest != null) {
            has.tidy(newest.canonical(typeUrl, name));
        }
    }

    /** Before another group becomes the newest: what the client has stays what it is. */
    void keepAll(@Nullable GroupView group) {
        for (GroupView each : Arrays.asList(types.newest(), group)) {
            if (each != null) {
                wants.names().forEach(name -> keep(name, each));
                if (wants.wildcard()) {
                    each.wildcard(typeUrl).forEach(has::keep);
                }
            }
        }
    }

    /** All that the client wants or has: after its group, or all of the view, became another. */
    void everything(GroupView group, Set<String> into) {
        for (String name : wants.names()) {
            into.add(group.canonical(typeUrl, name));
        }
        if (wants.wildcard()) {
            into.addAll(group.wildcard(typeUrl));
        }
        into.addAll(has.known());
        into.addAll(Set.copyOf(pending)); // It may be sent from the view before, and has to go again.
    }

    boolean isLeftAlone(String name) {
        return doubtedWhole || doubted.contains(name);
    }

    /** What the client has is no newer than the view. */
    void trust() {
        doubtedWhole = false;
        doubted.clear();
        pending.addAll(leftAlone);
        leftAlone.clear();
    }

    /** The stream works from a newer view now. */
    void takeLater() {
        pending.addAll(later);
        later.clear();
        reconsider();
    }

    void reconsider() {
        pending.addAll(heldBack);
        heldBack.clear();
        pending.addAll(leaving);
        leaving.clear();
    }

    void settle(String name) {
        pending.remove(name);
        if (again.remove(name) && whole) {
            askedFor.add(name);
        }
        suspects.settle(name);
    }

    /** A response of this type goes out that is all of it. */
    void allGoes() {
        askedFor.addAll(again);
        again.clear();
    }

    /** Returns the names that were rejected before. */
    List<String> acked(String nonce) {
        Holdings.Acceptance acceptance = has.acked(nonce);
        pending.addAll(acceptance.unsettled());
        if (!isUnanswered()) {
            askedFor.clear();
        }
        return acceptance.mended();
    }

    /** What isn't found guilty yet is tried again, in parts. `version`: in SotW, what the client has accepted last. */
    Holdings.Rejection rejected(String nonce, String version) {
        Holdings.Rejection rejection = has.rejected(nonce, version);
        pending.addAll(rejection.accepted().unsettled());
        if (has.isBaseUnknown()) {
            suspects.clear(); // What a trial leaves out it would take away.
        } else {
            pending.addAll(suspects.rejected(rejection.items(), rejection.brought()));
        }
        if (!rejection.items().isEmpty()) { // Else it is those that were asked for that are rejected.
            pending.addAll(askedFor);
            again.addAll(askedFor);
        }
        askedFor.clear();
        return rejection;
    }

    /** Of the pending ones, those that may go out now. */
    Set<String> due() {
        return suspects.due(pending, isUnanswered());
    }

    /** The client rejected it among others, and it is its turn to be sent again. */
    boolean isTriedAgain(String name) {
        return suspects.contains(name) && has.rejections().contains(name);
    }

    List<String> forget(String name) {
        settle(name);
        later.remove(name);
        leaving.remove(name);
        heldBack.remove(name);
        askedFor.remove(name);
        doubted.remove(name);
        leftAlone.remove(name);
        return has.forget(name);
    }

    boolean isPending() {
        return !pending.isEmpty() || answerOwed;
    }

    /** Something differs in a newer view than the one that the stream works from. */
    boolean isLater() {
        return !later.isEmpty();
    }

    /** Something is still to be taken from the client. */
    boolean isLeaving() {
        return !leaving.isEmpty();
    }

    boolean isUnanswered() {
        return !has.unanswered().isEmpty();
    }

    /** Answers come in order. */
    long answered() {
        return emitted - has.unansweredResponses();
    }

    /** A response was sent after that moment and isn't answered. */
    boolean isUnansweredSince(long ms) {
        for (Unanswered one : has.unanswered()) {
            if (one.sentMs() > ms) {
                return true;
            }
        }
        return false;
    }
}
