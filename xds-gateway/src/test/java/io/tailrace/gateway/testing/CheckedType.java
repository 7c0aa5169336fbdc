package io.tailrace.gateway.testing;

import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.view.Body;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One type on a checked stream: what the client wants, what it has been given, and what it may be given again. */
final class CheckedType {
    private final boolean delta;
    private final boolean whole;
    private final Rule rule;
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> given = new HashMap<>();
    private final Map<String, String> accepted = new HashMap<>();
    private final Map<String, Set<String>> versions = new HashMap<>();
    private final Set<String> perhaps = new HashSet<>();
    private final Map<String, String> contentOfVersion = new HashMap<>();
    private final Map<String, String> hashOfContent = new HashMap<>();
    private final Map<String, Unanswered> unanswered = new LinkedHashMap<>();
    private final Set<String> repeatable = new HashSet<>();
    private final Set<String> removable = new HashSet<>();
    private final Map<String, List<String>> heartbeats = new HashMap<>();
    private boolean wildcard;
    private boolean named;
    private boolean asked;
    private boolean answerDue;
    /** A SotW client showed a version of it all, which says nothing of names, and has accepted nothing since. */
    private boolean baseUnknown;
    /** That was the last thing that was said on the stream: what is said now answers it. */
    private boolean justShown;

    private String nonce = "";

    /** `given`: what the client has if it accepts it, by name. */
    private record Unanswered(boolean adds, Map<String, String> given, List<String> removed) {}

    interface Rule {
        void demand(boolean holds, String otherwise);
    }

    CheckedType(boolean delta, boolean whole, Rule rule) {
        this.delta = delta;
        this.whole = whole && !delta;
        this.rule = rule;
    }

    void asked(Request request) {
        boolean stale = !delta && asked && !request.nonce().equals(nonce);
        List<String> refreshed = heartbeats.remove(request.nonce());
        if (refreshed != null && request.error() != null) {
            repeatable.addAll(refreshed); // It hasn't them any more.
        }
        if (unanswered.containsKey(request.nonce())) {
            if (request.error() != null) {
                repeatable.addAll(given.keySet());
                removable.addAll(given.keySet());
                removable.addAll(unanswered.get(request.nonce()).removed());
                answerDue = true;
                if (whole) { // Nobody knows what it has of it; what it never had isn't taken from it.
                    perhaps.addAll(given.keySet());
                    perhaps.addAll(accepted.keySet());
                }
            } else {
                baseUnknown = false;
                accepted.clear();
                accepted.putAll(unanswered.get(request.nonce()).given());
            }
            settle(request.nonce());
        }
        if (!stale) {
            boolean first = !asked;
            asked = true;
            switch (request.names()) {
                case Request.Sotw sotw -> {
                    baseUnknown |= first && whole && !sotw.version().isEmpty();
                    justShown = baseUnknown && first;
                    sotw(sotw);
                }
                case Request.Delta change -> delta(change, first);
            }
        }
    }

    /** Answers come in order. */
    private void settle(String answered) {
        for (String one : List.copyOf(unanswered.keySet())) {
            unanswered.remove(one);
            if (one.equals(answered)) {
                return;
            }
        }
    }

    private void sotw(Request.Sotw sotw) {
        Set<String> list = new HashSet<>(sotw.names());
        named |= !list.isEmpty();
        boolean nowWildcard = named ? list.remove("*") : true;
        list.remove("");
        answerDue |= nowWildcard && !wildcard;
        wildcard = nowWildcard;
        for (String name : list) {
            if (!names.contains(name)) {
                repeatable.add(name);
                answerDue = true;
            }
        }
        names.clear();
        names.addAll(list);
        if (!wildcard) {
            given.keySet().retainAll(names);
            accepted.keySet().retainAll(names);
        }
    }

    private void delta(Request.Delta change, boolean first) {
        if (first) {
            removable.addAll(change.initialVersions().byName().keySet());
            wildcard = change.subscribe().isEmpty() && change.unsubscribe().isEmpty();
            answerDue = wildcard;
        }
        for (String name : change.unsubscribe()) {
            if (name.equals("*")) {
                wildcard = false;
                given.keySet().retainAll(names);
            }
            names.remove(name);
            if (wildcard) {
                repeatable.add(name);
                removable.add(name);
            } else {
                given.remove(name);
            }
        }
        for (String name : change.subscribe()) {
            if (name.equals("*")) {
                answerDue |= !wildcard;
                wildcard = true;
            } else {
                names.add(name);
                repeatable.add(name);
                removable.add(name);
            }
        }
    }

    /** Something else was said. */
    void passed() {
        justShown = false;
    }

    /** It has something that is new to the client; what stands in for something that it rejected isn't. */
    boolean brings(Answer answer) {
        if (baseUnknown && !justShown) { // It may have had all of it.
            return false;
        }
        return answer.resources().stream()
                .anyMatch(piece -> !piece.content().equals(given.get(piece.name()))
                        && !(perhaps.contains(piece.name()) && piece.content().equals(accepted.get(piece.name()))));
    }

    /** It says nothing but what the client was given, or rejected nothing of, and some of that has a ttl (rule 28). */
    boolean refreshes(Answer answer) {
        return whole
                && answer.resources().stream().anyMatch(piece -> piece.ttlMs() > 0)
                && !brings(answer)
                && given.keySet().stream()
                        .allMatch(
                                name -> perhaps.contains(name) || answer.names().contains(name));
    }

    /** From what the client was given last, accepted or not. */
    private boolean differs(Answer answer) {
        return answer.resources().stream().anyMatch(piece -> !piece.content().equals(given.get(piece.name())))
                || (delta
                        ? answer.removed().stream().anyMatch(given::containsKey)
                        : !answer.names().containsAll(given.keySet()));
    }

    private boolean repeats(Answer answer) {
        return answer.resources().stream().anyMatch(piece -> repeatable.contains(piece.name()) || piece.ttlMs() > 0);
    }

    /** It removes something that the client was given and, in SotW, has accepted. */
    boolean takes(Answer answer) {
        return delta
                ? answer.removed().stream().anyMatch(given::containsKey)
                : whole
                        && given.keySet().stream()
                                .anyMatch(name -> accepted.containsKey(name)
                                        && !answer.names().contains(name));
    }

    /** Rule 28: it refreshes what the client was given, and says nothing new. Its nonce is answered like any. */
    void heartbeat(Answer answer) {
        rule.demand(delta, "a heartbeat in state of the world, where it would refresh nothing and may take all away");
        rule.demand(answer.removed().isEmpty(), "a heartbeat that removes something");
        for (Answer.Piece piece : answer.resources()) {
            rule.demand(piece.ttlMs() > 0, "a heartbeat without a ttl");
            rule.demand(
                    given.containsKey(piece.name()) || removable.contains(piece.name()),
                    "a heartbeat for " + piece.name() + ", which it doesn't have");
            rule.demand(
                    versions.getOrDefault(piece.name(), Set.of()).contains(piece.version()),
                    "a heartbeat for a version of " + piece.name() + " that wasn't sent");
        }
        heartbeats.put(answer.nonce(), answer.names());
    }

    void answered(Answer answer, boolean adds) {
        for (Answer.Piece piece : answer.resources()) {
            rule.demand(!piece.heartbeat(), "a heartbeat among others");
            versions.computeIfAbsent(piece.name(), name -> new HashSet<>()).add(piece.version());
            rule.demand(
                    wildcard
                            || names.contains(piece.name())
                            || piece.aliases().stream().anyMatch(names::contains),
                    piece.name() + " isn't subscribed to");
            versioned(piece);
            if (!whole && piece.content().equals(given.get(piece.name()))) {
                rule.demand(
                        repeatable.contains(piece.name()) || piece.ttlMs() > 0,
                        piece.name() + " is sent again though the client has it");
            }
        }
        for (String name : answer.removed()) {
            rule.demand(given.containsKey(name) || removable.contains(name), name + " is removed but was never sent");
        }
        boolean empty = answer.resources().isEmpty() && answer.removed().isEmpty();
        if (whole || empty) {
            boolean clears = whole && !answer.names().containsAll(perhaps);
            rule.demand(
                    adds || differs(answer) || repeats(answer) || clears || answerDue || baseUnknown,
                    "a response that says nothing new, to nobody's question");
        }
        if (whole) {
            perhaps.retainAll(answer.names());
            given.keySet().retainAll(answer.names());
        }
        for (Answer.Piece piece : answer.resources()) {
            given.put(piece.name(), piece.content());
            repeatable.remove(piece.name());
        }
        answer.removed().forEach(given::remove);
        answerDue = false;
        nonce = answer.nonce();
        unanswered.put(nonce, new Unanswered(adds, Map.copyOf(given), answer.removed()));
    }

    /** A version changes exactly when the content does, but for the position in it. */
    private void versioned(Answer.Piece piece) {
        String content = contentOfVersion.put(piece.name() + "@" + piece.version(), piece.content());
        rule.demand(
                content == null || content.equals(piece.content()),
                piece.name() + " has other content at the same version");
        String hash = Body.hashOf(piece.version());
        String before = hashOfContent.put(piece.name() + "@" + piece.content(), hash);
        rule.demand(before == null || before.equals(hash), piece.name() + " has the same content at another version");
    }

    /** Rule 23: clusters were sent, and the assignments that the client has may follow once more. */
    void mayRepeat() {
        repeatable.addAll(given.keySet());
        repeatable.addAll(names);
    }

    /** Whatever was said before may be said once more. */
    void mayComeAgain() {
        repeatable.addAll(versions.keySet());
        removable.addAll(versions.keySet());
    }

    int unanswered() {
        return unanswered.size();
    }

    /** What is unanswered holds back nothing any more. */
    void waive() {
        unanswered.replaceAll((nonceOf, one) -> new Unanswered(false, one.given(), one.removed()));
    }

    /** A response that brought something has no answer yet. */
    boolean isUnacked() {
        return unanswered.values().stream().anyMatch(Unanswered::adds);
    }

    boolean isUnanswered() {
        return !unanswered.isEmpty();
    }
}
