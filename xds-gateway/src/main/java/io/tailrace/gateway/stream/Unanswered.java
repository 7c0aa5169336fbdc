package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response that the client hasn't answered, or several that are answered by the answer to the newest of them.
 *
 * @param adds it brings something, and isn't removals only
 * @param items what it says, by name
 * @param whole of a response that is all of its type: what it says in all
 * @param others those that are answered with it
 */
record Unanswered(String nonce, long sentMs, boolean adds, Map<String, Item> items, Whole whole, Others others) {
    private static final Whole PART = new Whole("", Map.of(), Set.of());
    private static final Others NONE = new Others(0, Set.of());

    /** A name of a response: what the client had before it, and what it says (null: removed). */
    record Item(
            String name, @Nullable Body before, @Nullable Body now) {
        Fact.NamedVersion version() {
            return new Fact.NamedVersion(name, now == null ? "" : now.version());
        }
    }

    /**
     * All that there is of a type.
     *
     * @param version a client shows it that has accepted this
     * @param out what it leaves out that the client may have
     */
    record Whole(String version, Map<String, Body> bodies, Set<String> out) {
        void drop(String name) {
            if (!bodies.isEmpty()) {
                bodies.remove(name);
            }
            if (!out.isEmpty()) {
                out.remove(name);
            }
        }
    }

    /** How many they are, and the names that only they have said: whether they were accepted isn't looked for. */
    record Others(long responses, Set<String> doubtful) {}

    static Unanswered part(String nonce, long sentMs, boolean adds, Map<String, Item> items) {
        return new Unanswered(nonce, sentMs, adds, items, PART, NONE);
    }

    /** `unsure`: what the client may have. */
    static Unanswered whole(Response response, long sentMs, boolean adds, Map<String, Item> items, Set<String> unsure) {
        Content content = response.content();
        Map<String, Body> bodies = HashMap.newHashMap(content.resources().size());
        content.resources().forEach(body -> bodies.put(body.name(), body));
        Set<String> out = new HashSet<>(unsure);
        out.removeAll(bodies.keySet());
        Whole whole = new Whole(content.version(), bodies, out);
        return new Unanswered(response.nonce(), sentMs, adds, items, whole, NONE);
    }

    /** This and the next one, by whose nonce both are answered. Of names that were dropped, or came and went, nothing is left. */
    Unanswered with(Unanswered newer, Set<String> dropped) {
        Map<String, Item> both = new LinkedHashMap<>(items);
        newer.items.forEach(
                (name, item) -> both.merge(name, item, (old, now) -> new Item(name, old.before(), now.now())));
        both.values().removeIf(item -> item.before() == null && item.now() == null);
        both.keySet().removeAll(dropped);
        Set<String> out = new HashSet<>(whole.out);
        out.addAll(newer.whole.out);
        out.removeAll(newer.whole.bodies.keySet());
        Set<String> doubtful = new HashSet<>(others.doubtful);
        doubtful.addAll(items.keySet());
        doubtful.removeAll(newer.items.keySet());
        doubtful.retainAll(both.keySet());
        return new Unanswered(
                newer.nonce,
                newer.sentMs,
                adds || newer.adds,
                both,
                new Whole(newer.whole.version, newer.whole.bodies, out),
                new Others(others.responses + newer.others.responses + 1, doubtful));
    }
}
