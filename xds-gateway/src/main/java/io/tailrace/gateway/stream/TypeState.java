package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.ResourceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
    final Subscription wants = new Subscription();
    final Holdings has;

    /** A response is all that the client is to have: what it leaves out is deleted (rule 15). */
    final boolean whole;

    /** To be compared with the view that the stream works from. */
    final Set<String> pending = new HashSet<>();

    /** Of the pending ones, those to be sent though the client has them. */
    final Set<String> again = new HashSet<>();

    /** They differ in a newer view than the one that the stream works from. */
    final Set<String> later = new HashSet<>();

    /** Gone from the view, and not yet from the client: others must leave them first (rule 22). */
    final Set<String> leaving = new HashSet<>();

    /** They need a cluster that the client has rejected (rule 6). */
    final Set<String> heldBack = new HashSet<>();

    /** Pending ones that the client has rejected among others. */
    final Suspects suspects = new Suspects();

    /** What the client showed, and may be newer than the view: left alone until the view has caught up (rule 21). */
    final Set<String> doubted = new HashSet<>();

    /** In SotW, of types of which a response is all: what the client has isn't known name by name. */
    boolean doubtedWhole;

    /** Pending ones that are left alone. */
    final Set<String> leftAlone = new HashSet<>();

    String newestNonce = "";

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

    TypeState(String typeUrl, boolean delta) {
        this.typeUrl = typeUrl;
        this.whole = !delta && Turn.isWhole(typeUrl);
        this.has = new Holdings(whole);
        this.turn = Turn.of(typeUrl);
    }

    ResourceName named(String name) {
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
                into.add(group == null ? name : group.canonical(typeUrl, name));
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
    }

    /** What the view has for the client by this name; null: nothing, or nothing that it wants. */
    @Nullable
    Body wanted(GroupView group, String name) {
        if (wants.names(name) || group.aliases(typeUrl, name).stream().anyMatch(wants::names)) {
            return group.find(named(name));
        }
        return wants.wildcard() && group.isWildcard(typeUrl, name) ? group.find(named(name)) : null;
    }

    /** All that the client wants and the view has for it. */
    List<Body> allWanted(GroupView group) {
        Set<String> all = new HashSet<>();
        wants.names().forEach(name -> all.add(group.canonical(typeUrl, name)));
        if (wants.wildcard()) {
            all.addAll(group.wildcard(typeUrl));
        }
        List<Body> bodies = new ArrayList<>();
        for (String name : all) {
            Body body = wanted(group, name);
            if (body != null) {
                bodies.add(body);
            }
        }
        return bodies;
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
        again.remove(name);
        suspects.settle(name);
    }

    /** Returns what the response said; what isn't found guilty yet is tried again, in parts. */
    List<Holdings.Item> rejected(String nonce) {
        Holdings.Rejection rejection = has.rejected(nonce);
        if (!has.isBaseUnknown()) {
            pending.addAll(suspects.rejected(rejection.items(), rejection.brought()));
        }
        return rejection.items();
    }

    /** Of the pending ones, those that may go out now. */
    Set<String> due() {
        return suspects.due(pending, isUnanswered());
    }

    /** The client rejected it among others, and it is its turn to be sent again. */
    boolean isTriedAgain(String name) {
        return suspects.contains(name) && has.hasRejected(name);
    }

    List<String> forget(String name) {
        settle(name);
        later.remove(name);
        leaving.remove(name);
        heldBack.remove(name);
        doubted.remove(name);
        leftAlone.remove(name);
        return has.forget(name);
    }

    boolean isPending() {
        return !pending.isEmpty() || answerOwed;
    }

    boolean isUnanswered() {
        return !has.unanswered().isEmpty();
    }

    /** Answers come in order. */
    long answered() {
        return emitted - has.unanswered().size();
    }

    /** An unanswered response that brings something and is younger than that. */
    boolean isUnansweredSince(long ms) {
        for (Holdings.Unanswered one : has.unanswered()) {
            if (one.sentMs() > ms) {
                return true;
            }
        }
        return false;
    }
}
