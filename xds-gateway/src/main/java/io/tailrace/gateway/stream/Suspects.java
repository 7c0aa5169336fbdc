package io.tailrace.gateway.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of rejected responses. One of them is bad, and nobody says which; so they are tried again, one group at a time,
 * and a group that is rejected is halved until the bad one stands alone (rule 6).
 */
final class Suspects {
    private final Deque<Set<String>> groups = new ArrayDeque<>();
    private boolean groupsTurn;

    /**
     * Takes in a rejected response. What it removed is never the bad part: it goes with the first half, or alone once
     * the bad one is found.
     *
     * @param items what it said of names that are still wanted
     * @param all how many names it brought, wanted or not
     * @return the names that are to be tried again
     */
    Set<String> rejected(List<Unanswered.Item> items, long all) {
        List<String> brought = names(items, false);
        List<String> removed = names(items, true);
        items.forEach(item -> settle(item.name()));
        Set<String> first = new LinkedHashSet<>(removed);
        Set<String> second = new LinkedHashSet<>();
        if (brought.size() == 1 && all > 1) {
            second.addAll(brought);
        } else if (brought.size() > 1) {
            first.addAll(brought.subList(0, brought.size() / 2));
            second.addAll(brought.subList(brought.size() / 2, brought.size()));
        } else if (brought.isEmpty()) {
            return Set.of();
        }
        Set<String> again = new HashSet<>(first);
        again.addAll(second);
        push(second);
        push(first);
        return again;
    }

    private static List<String> names(List<Unanswered.Item> items, boolean removed) {
        List<String> names = new ArrayList<>();
        for (Unanswered.Item item : items) {
            if ((item.now() == null) == removed) {
                names.add(item.name());
            }
        }
        names.sort(null);
        return names;
    }

    private void push(Set<String> group) {
        if (!group.isEmpty()) {
            groups.push(group);
        }
    }

    boolean contains(String name) {
        return !groups.isEmpty() && groups.stream().anyMatch(group -> group.contains(name));
    }

    /** None is tried again. */
    void clear() {
        groups.clear();
    }

    /** It is sent, or wanted no more. */
    void settle(String name) {
        groups.removeIf(group -> group.remove(name) && group.isEmpty());
    }

    /**
     * What may go out of these names: a group when nothing is unanswered, and what isn't suspected in between, so that
     * neither waits long for the other.
     */
    Set<String> due(Set<String> pending, boolean unanswered) {
        if (groups.isEmpty()) {
            return pending;
        }
        Set<String> others = new HashSet<>(pending);
        groups.forEach(others::removeAll);
        if (unanswered) {
            return others;
        }
        groupsTurn = !groupsTurn;
        return groupsTurn || others.isEmpty() ? Set.copyOf(groups.element()) : others;
    }
}
