package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client has of one type, as far as can be known: what was sent to it and not rejected, or the versions that it
 * showed at a reconnect. Responses that are unanswered remember what they replaced.
 */
final class Holdings {
    private static final String REMOVAL = "";

    private final Map<String, Body> held = new HashMap<>();
    private final Map<String, String> shown = new HashMap<>();
    private final Set<String> unsure = new HashSet<>();
    private final Map<String, String> rejected = new HashMap<>();
    private final Deque<Unanswered> unanswered = new ArrayDeque<>();

    /** A name of a response: what the client had before it, and what it says (null: removed). */
    record Item(
            String name, @Nullable Body before, @Nullable Body now) {
        Fact.NamedVersion version() {
            return new Fact.NamedVersion(name, now == null ? "" : now.version());
        }
    }

    /** `adds`: it brings something, and isn't removals only. */
    record Unanswered(String nonce, long sentMs, boolean adds, List<Item> items) {}

    Collection<Body> held() {
        return held.values();
    }

    @Nullable
    Body held(String name) {
        return held.get(name);
    }

    /** Names that the client has or may have. */
    Set<String> names() {
        Set<String> names = new HashSet<>(held.keySet());
        names.addAll(shown.keySet());
        names.addAll(unsure);
        return names;
    }

    boolean has(String name) {
        return held.containsKey(name) || shown.containsKey(name) || unsure.contains(name);
    }

    /** What the client said that it has, as far as that wasn't compared yet. */
    Map<String, String> shown() {
        return shown;
    }

    void show(Map<String, String> versions) {
        shown.putAll(versions);
    }

    /** The client has it though it wasn't sent on this stream. */
    void assume(Body body) {
        held.put(body.name(), body);
    }

    /** Whether the client lacks this, and hasn't rejected just this (rules 5, 6, 19). */
    boolean lacks(Body wanted, boolean again) {
        String name = wanted.name();
        if (wanted.hash().equals(rejected.get(name))) {
            return false;
        }
        String version = shown.remove(name);
        if (version != null) {
            if (Body.hashOf(version).equals(wanted.hash())) {
                held.put(name, wanted);
            } else {
                unsure.add(name);
            }
        }
        Body body = held.get(name);
        return again || unsure.contains(name) || body == null || !body.sameContent(wanted);
    }

    boolean removalWasRejected(String name) {
        return REMOVAL.equals(rejected.get(name));
    }

    boolean hasRejected(String name) {
        return rejected.containsKey(name);
    }

    Set<String> rejected() {
        return rejected.keySet();
    }

    /** The client rejected this name and never accepted any version of it. */
    boolean isRefused(String name) {
        return rejected.containsKey(name) && !held.containsKey(name);
    }

    void sent(String nonce, long nowMs, List<Body> bodies, List<String> removed) {
        List<Item> items = new ArrayList<>(bodies.size() + removed.size());
        for (Body body : bodies) {
            items.add(new Item(body.name(), held.put(body.name(), body), body));
            unsure.remove(body.name());
        }
        for (String name : removed) {
            items.add(new Item(name, held.remove(name), null));
            shown.remove(name);
            unsure.remove(name);
        }
        unanswered.add(new Unanswered(nonce, nowMs, !bodies.isEmpty(), items));
    }

    /**
     * The view has it no more, which can't be told (SotW, types of which a response is a part): the client keeps it, and
     * isn't sent it again if it comes back the same. Returns the name if it was rejected.
     */
    List<String> outlives(String name) {
        shown.remove(name);
        unsure.remove(name);
        return rejected.remove(name) == null ? List.of() : List.of(name);
    }

    /** The client wants it no more, and keeps nothing of it. Returns the name if it was rejected. */
    List<String> forget(String name) {
        held.remove(name);
        shown.remove(name);
        unsure.remove(name);
        return rejected.remove(name) == null ? List.of() : List.of(name);
    }

    /** Answers come in order: what was sent before is answered with it. Returns the names that were rejected before. */
    List<String> acked(String nonce) {
        List<String> mended = new ArrayList<>();
        for (Unanswered one : take(nonce)) {
            for (Item item : one.items()) {
                unsure.remove(item.name());
                if (rejected.remove(item.name()) != null) {
                    mended.add(item.name());
                }
            }
        }
        return mended;
    }

    /** The client has what it had, or some of what it rejected: nobody knows (rule 6). */
    List<Item> rejected(String nonce) {
        List<Unanswered> all = take(nonce);
        if (all.isEmpty()) {
            return List.of();
        }
        List<Item> items = all.getLast().items();
        for (Item item : items) {
            rejected.put(item.name(), item.now() == null ? REMOVAL : item.now().hash());
            unsure.add(item.name());
            if (item.before() == null) {
                held.remove(item.name());
            } else {
                held.put(item.name(), item.before());
            }
        }
        return items;
    }

    /** A response with this nonce was sent and isn't answered. */
    boolean awaits(String nonce) {
        return unanswered.stream().anyMatch(one -> one.nonce().equals(nonce));
    }

    private List<Unanswered> take(String nonce) {
        List<Unanswered> answered = new ArrayList<>();
        if (awaits(nonce)) {
            for (Iterator<Unanswered> all = unanswered.iterator(); all.hasNext(); ) {
                Unanswered one = all.next();
                all.remove();
                answered.add(one);
                if (one.nonce().equals(nonce)) {
                    break;
                }
            }
        }
        return answered;
    }

    Collection<Unanswered> unanswered() {
        return unanswered;
    }
}
