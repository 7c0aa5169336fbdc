package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.Collections;
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
 * @param version of a response that is all of its type: the version that a client shows which has accepted it
 * @param all of such a response: all that it says
 * @param out of such a response: what it leaves out that the client may have
 * @param responses how many it is
 * @param doubtful of several: the names that only those said whose own answers aren't looked for
 */
record Unanswered(
        String nonce,
        long sentMs,
        boolean adds,
        Map<String, Item> items,
        String version,
        Map<String, Body> all,
        Set<String> out,
        long responses,
        Set<String> doubtful) {
    /** A name of a response: what the client had before it, and what it says (null: removed). */
    record Item(
            String name, @Nullable Body before, @Nullable Body now) {
        Fact.NamedVersion version() {
            return new Fact.NamedVersion(name, now == null ? "" : now.version());
        }
    }

    static Unanswered part(String nonce, long sentMs, boolean adds, Map<String, Item> items) {
        return new Unanswered(
                nonce, sentMs, adds, items, "", Collections.emptyMap(), Collections.emptySet(), 1, Set.of());
    }

    /** `unsure`: what the client may have. */
    static Unanswered whole(Response response, long sentMs, boolean adds, Map<String, Item> items, Set<String> unsure) {
        Content content = response.content();
        Map<String, Body> all = HashMap.newHashMap(content.resources().size());
        content.resources().forEach(body -> all.put(body.name(), body));
        Set<String> out = new HashSet<>(unsure);
        out.removeAll(all.keySet());
        return new Unanswered(response.nonce(), sentMs, adds, items, content.version(), all, out, 1, Set.of());
    }

    /** This and the next one. */
    Unanswered with(Unanswered newer) {
        Map<String, Item> both = new LinkedHashMap<>(items);
        newer.items.forEach(
                (name, item) -> both.merge(name, item, (old, now) -> new Item(name, old.before(), now.now())));
        Set<String> left = new HashSet<>(out);
        left.addAll(newer.out);
        left.removeAll(newer.all.keySet());
        Set<String> doubted = new HashSet<>(doubtful);
        doubted.addAll(items.keySet());
        doubted.removeAll(newer.items.keySet());
        return new Unanswered(
                newer.nonce,
                newer.sentMs,
                adds || newer.adds,
                both,
                newer.version,
                newer.all,
                left,
                responses + newer.responses,
                doubted);
    }
}
