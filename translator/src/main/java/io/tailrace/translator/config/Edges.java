package io.tailrace.translator.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who refers to what, looked up from what is referred to. */
final class Edges<T, F extends Comparable<? super F>> {
    private final Map<T, NavigableSet<F>> from = new HashMap<>();

    void add(T to, F referrer) {
        from.computeIfAbsent(to, _ -> new TreeSet<>()).add(referrer);
    }

    void remove(T to, F referrer) {
        NavigableSet<F> referrers = from.get(to);
        if (referrers != null && referrers.remove(referrer) && referrers.isEmpty()) {
            from.remove(to);
        }
    }

    /** All that refer to it, sorted. */
    SortedSet<F> to(T target) {
        NavigableSet<F> referrers = from.get(target);
        return referrers == null ? Collections.emptyNavigableSet() : Collections.unmodifiableNavigableSet(referrers);
    }
}
