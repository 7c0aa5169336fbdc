package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of one type, as far as can be known: what was sent to it and not rejected, or the versions that it
 * showed at a reconnect. Unanswered responses remember what they replaced; where a response is all that the client
 * is to have (rule 15), what it has accepted is what the last response that it accepted says.
 */
final class Holdings {
    /** Of a type of which a response is all, an unanswered one takes a place for each name. */
    private static final int MAX_WHOLE = 100;

    private final boolean whole;
    private final Overlay held;
    private final Accepted accepted;

    private Map<String, String> shown = Map.of();
    private final Set<String> unsure = new FewNames();
    private final Rejections rejections = new Rejections();
    /** The client showed a version of the whole that isn't the view's, and has accepted nothing since. */
    private boolean baseUnknown;

    private final Outstanding outstanding;

    /**
     * `whole`: a response is all that the client is to have of the type; `maxUnanswered`: of how many responses the answers are
     * told apart; `wanted`: what it is to have of the newest view.
     */
    Holdings(boolean whole, int maxUnanswered, Bodies wanted) {
        this.whole = whole;
        this.outstanding = new Outstanding(whole ? Math.min(MAX_WHOLE, maxUnanswered) : maxUnanswered);
        this.held = new Overlay(wanted);
        this.accepted = new Accepted(held);
    }

    /** Before another body is wanted by this name, or none. */
    void keep(String name) {
        held.keep(name);
    }

    /** After that. */
    void tidy(String name) {
        held.tidy(name);
    }

    /** After that, of any name. */
    void tidy() {
        held.tidy();
    }

    private void hold(String name, @Nullable Body body) {
        if (whole) {
            accepted.keep(name);
            held.put(name, body);
            accepted.tidy(name);
        } else {
            held.put(name, body);
        }
    }

    /** Names that were rejected before, and names to be compared with the view again. */
    record Acceptance(List<String> mended, Set<String> unsettled) {
        static final Acceptance NOTHING = new Acceptance(List.of(), Set.of());
    }

    /**
     * What a rejected response said of names that the client still wants, how many names it brought in all, and what was
     * accepted by the same answer.
     */
    record Rejection(List<Unanswered.Item> items, long brought, Acceptance accepted) {}

    Collection<Body> held() {
        return held.all();
    }

    @Nullable
    Body held(String name) {
        return held.get(name);
    }

    /** Names that the client has or may have. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        held.all().forEach(body -> names.add(body.name()));
        names.addAll(shown.keySet());
        names.addAll(unsure);
        return names;
    }

    /** Names of which anything is kept. */
    Set<String> known() {
        Set<String> known = names();
        known.addAll(rejections.names());
        if (whole) {
            known.addAll(accepted.names());
        }
        return known;
    }

    boolean has(String name) {
        return held.get(name) != null || shown.containsKey(name) || unsure.contains(name);
    }

    /** What the client said that it has, as far as that wasn't compared yet. */
    Map<String, String> shown() {
        return shown;
    }

    void show(Map<String, String> versions) {
        if (!versions.isEmpty()) {
            shown = new HashMap<>(versions);
        }
    }

    /** The client has something of it all, by a version that says nothing of names. */
    void showWhole() {
        baseUnknown = whole;
    }

    /** It is just what the view has. */
    void showsTheView(Collection<Body> all) {
        baseUnknown = false;
        all.forEach(this::assume);
    }

    /** What the client had before a rejected response isn't known: to leave anything out could take it away. */
    boolean isBaseUnknown() {
        return baseUnknown;
    }

    /** The client has it though it wasn't sent on this stream. */
    void assume(Body body) {
        hold(body.name(), body);
        if (whole) {
            accepted.put(body.name(), body);
        }
    }

    /** Whether the client lacks this, and hasn't rejected just this (rules 5, 6, 19). */
    boolean lacks(Body wanted, boolean again) {
        String name = wanted.name();
        if (rejections.contains(wanted)) {
            return again && outstanding.brings(wanted); // It is tried again, and may be lost since.
        }
        String version = noLongerShown(name);
        if (version != null) {
            if (wanted.hasHashOf(version)) {
                hold(name, wanted);
            } else {
                unsure.add(name);
            }
        }
        if (!Overlay.isSame(held.get(name), wanted)) {
            return true;
        }
        held.tidy(name);
        return again || unsure.contains(name);
    }

    private @Nullable String noLongerShown(String name) {
        if (shown.isEmpty()) {
            return null;
        }
        String version = shown.remove(name);
        if (shown.isEmpty()) {
            shown = Map.of();
        }
        return version;
    }

    Rejections rejections() {
        return rejections;
    }

    /** The client rejected this name and never accepted any version of it. */
    boolean isRefused(String name) {
        return rejections.contains(name) && !rejections.containsRemoval(name) && held.get(name) == null;
    }

    /** `changed` and `removed`: what the response says that the client hasn't been told. */
    void sent(Response response, long nowMs, List<Body> changed, List<String> removed) {
        List<Body> resources = response.content().resources();
        Map<String, Unanswered.Item> items = new LinkedHashMap<>();
        for (Body body : changed) {
            items.put(body.name(), new Unanswered.Item(body.name(), held.get(body.name()), body));
            hold(body.name(), body);
            unsure.remove(body.name());
        }
        for (String name : removed) {
            items.put(name, new Unanswered.Item(name, held.get(name), null));
            hold(name, null);
            noLongerShown(name);
            unsure.remove(name);
        }
        boolean adds = !changed.isEmpty() || (baseUnknown && !resources.isEmpty());
        if (whole) {
            Unanswered all = Unanswered.whole(response, nowMs, adds, items, unsure);
            unsure.removeAll(all.whole().out());
            outstanding.add(all);
        } else {
            outstanding.add(Unanswered.part(response.nonce(), nowMs, adds, items));
        }
    }

    /** The same to a client that has nothing of it. It is what the newest view has, so none of it is kept here. */
    void sentAllNew(String nonce, long nowMs, List<Body> resources) {
        outstanding.add(Unanswered.part(nonce, nowMs, true, new AllNew(resources)));
    }

    /** What this body, which was sent last, takes the place of; null: nothing that was sent on this stream. */
    @Nullable
    Body replaced(Body sent) {
        Unanswered.Item item = outstanding.newest(sent.name());
        return item == null ? null : item.before();
    }

    /**
     * The view has it no more, which can't be told (SotW, types of which a response is a part): the client keeps it, and
     * isn't sent it again if it comes back the same. Returns the name if it was rejected.
     */
    List<String> outlives(String name) {
        noLongerShown(name);
        unsure.remove(name);
        return rejections.end(name);
    }

    /** The client wants it no more, and keeps nothing of it. Returns the name if it was rejected. */
    List<String> forget(String name) {
        hold(name, null);
        if (whole) {
            accepted.put(name, null);
        }
        outstanding.drop(name);
        noLongerShown(name);
        unsure.remove(name);
        return rejections.end(name);
    }

    /** The client asks for it again: it will have what a response gives it that is under way. */
    void asked(String name) {
        Unanswered.Item underWay = outstanding.wantedAgain(name);
        if (underWay != null) {
            hold(name, underWay.now());
        }
    }

    /** Answers come in order: what was sent before is answered with it. */
    Acceptance acked(String nonce) {
        List<Unanswered> all = outstanding.take(nonce);
        return all.isEmpty() ? Acceptance.NOTHING : accepted(all, all.getLast());
    }

    /** `answered`: the last one that is answered, accepted or not. */
    private Acceptance accepted(List<Unanswered> all, Unanswered answered) {
        List<String> mended = new ArrayList<>();
        for (Unanswered one : all) {
            if (!unsure.isEmpty() || !rejections.isEmpty()) {
                for (String name : one.items().keySet()) {
                    unsure.remove(name);
                    mended.addAll(rejections.end(name));
                }
            }
        }
        if (whole) {
            mended.addAll(acceptedWhole(all.getLast(), outstanding.newestOr(answered)));
        }
        // What is under way may have been sent since they were rejected, and say the older thing.
        Set<String> unsettled = new HashSet<>(mended);
        unsettled.addAll(doubt(all.getFirst()));
        return new Acceptance(mended, unsettled);
    }

    /** It says what a response before it said that was rejected, unless that was taken back in between. */
    private List<String> acceptedWhole(Unanswered one, Unanswered newest) {
        baseUnknown = false;
        unsure.clear();
        accepted.become(one.whole().bodies());
        List<String> mended = rejections.endWith(one.whole().bodies());
        holdAll(newest.whole().bodies());
        return mended;
    }

    /** The client will have this, but for what it has rejected: other things were put back before it accepted any of it. */
    private void holdAll(Map<String, Body> all) {
        for (Body before : held.all()) {
            if (!all.containsKey(before.name()) && !rejections.containsRemoval(before.name())) {
                hold(before.name(), null);
            }
        }
        for (Body body : all.values()) {
            if (!rejections.contains(body)) {
                hold(body.name(), body);
            }
        }
    }

    /**
     * The client has what it had, or some of what it rejected: nobody knows. What a response removed isn't what was wrong
     * with it, unless it brought nothing (rule 6). In SotW the client shows which version it has accepted last.
     */
    Rejection rejected(String nonce, String version) {
        List<Unanswered> all = outstanding.take(nonce);
        if (all.isEmpty()) {
            return new Rejection(List.of(), 0, Acceptance.NOTHING);
        }
        Unanswered last = all.getLast();
        Acceptance before = acceptedBefore(last, all.subList(0, all.size() - 1), version);
        unsure.addAll(last.whole().out());
        List<Unanswered.Item> items = whole
                ? accepted.changes(last.whole().bodies())
                : List.copyOf(last.items().values());
        long brought = items.stream().filter(item -> item.now() != null).count();
        List<Unanswered.Item> wanted = items.stream()
                .filter(item -> !outstanding.isDropped(item.name()))
                .toList();
        for (Unanswered.Item item : wanted) {
            if (item.now() != null || brought == 0 || baseUnknown) {
                rejections.add(item);
            }
            if (item.now() == null || !baseUnknown) {
                putBack(item);
            }
        }
        return new Rejection(wanted, brought, before);
    }

    /** What the client accepted of those before, which its rejection of the last one answers too. */
    private Acceptance acceptedBefore(Unanswered last, List<Unanswered> before, String version) {
        if (!whole) {
            return before.isEmpty() ? Acceptance.NOTHING : new Acceptance(List.of(), doubt(before.getFirst()));
        }
        for (int i = before.size(); i > 0; i--) {
            if (before.get(i - 1).whole().version().equals(version)) {
                return accepted(before.subList(0, i), last);
            }
        }
        boolean forgotten = last.others().responses() > 0
                || (!before.isEmpty() && before.getFirst().others().responses() > 0);
        baseUnknown |= forgotten && !version.isEmpty() && !version.equals(accepted.version());
        return Acceptance.NOTHING;
    }

    /** It was answered for others too, whose own answers were not known by their nonces. Only the first can be such. */
    private Set<String> doubt(Unanswered first) {
        if (whole || first.others().doubtful().isEmpty()) {
            return Set.of();
        }
        Set<String> names = new HashSet<>(first.others().doubtful());
        names.removeIf(name -> outstanding.isDropped(name) || outstanding.newest(name) != null);
        unsure.addAll(names);
        return names;
    }

    /** The client has what it had before, or hears of something newer by a response that is under way. */
    private void putBack(Unanswered.Item item) {
        if (whole ? !Overlay.isSame(held.get(item.name()), item.now()) : outstanding.handsOn(item)) {
            return;
        }
        unsure.add(item.name());
        hold(item.name(), item.before());
    }

    /** A response with this nonce was sent and isn't answered. */
    boolean awaits(String nonce) {
        return outstanding.awaits(nonce);
    }

    Collection<Unanswered> unanswered() {
        return outstanding.all();
    }

    long unansweredResponses() {
        return outstanding.responses();
    }
}
