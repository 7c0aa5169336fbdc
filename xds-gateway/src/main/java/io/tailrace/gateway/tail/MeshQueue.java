package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The changes of one mesh that were read whole and wait, in order, for the load assignments and secrets that they refer
 * to. Several are taken as one where only together they are complete: what a change waits for may be gone from the log
 * already, because a later one has no need of it. Belongs to the reader's thread.
 */
final class MeshQueue {
    /** Changes to apply as one. They lack something only if the time to wait for it has passed. */
    record Ready(List<Change> changes, NavigableSet<ResourceName> lacking) {}

    private final Predicate<ResourceName> standing;
    private final Deque<Change> changes = new ArrayDeque<>();
    /** Of all queued changes, taken as one. */
    private final Needs needs = new Needs();
    /** All that any of them lacks by itself. */
    private final Set<ResourceName> awaited = new HashSet<>();

    /** Secrets that the queued changes bring themselves. */
    private final Set<ResourceName> brought = new HashSet<>();

    private boolean lookAgain;

    /** `standing` says which load assignments and secrets there are. */
    MeshQueue(Predicate<ResourceName> standing) {
        this.standing = standing;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    int size() {
        return changes.size();
    }

    void add(Change change) {
        changes.addLast(change);
        examine(change);
    }

    /** Something came that a change may wait for. */
    void arrived(ResourceName name) {
        lookAgain |= awaited.contains(name);
    }

    /** Takes what can be applied now. */
    Optional<Ready> poll(long nowMs) {
        if (changes.isEmpty()) {
            return Optional.empty();
        }
        int whole = needs.isEmpty() ? changes.size() : lookAgain ? longestWhole() : 0;
        lookAgain = false;
        if (whole > 0) {
            return Optional.of(new Ready(take(whole), new TreeSet<>()));
        }
        if (changes.getFirst().deadlineMs() > nowMs) {
            return Optional.empty();
        }
        forget();
        examine(changes.getFirst());
        NavigableSet<ResourceName> lacking = needs.lacking(this::isThere);
        return Optional.of(new Ready(take(1), lacking));
    }

    private List<Change> take(int count) {
        List<Change> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(changes.removeFirst());
        }
        forget();
        changes.forEach(this::examine);
        lookAgain = true; // once what was taken stands
        return taken;
    }

    /** How many changes from the first on need nothing more when taken as one. */
    private int longestWhole() {
        forget();
        int whole = 0;
        int count = 0;
        for (Change change : changes) {
            examine(change);
            count++;
            if (needs.isEmpty()) {
                whole = count;
            }
        }
        return whole;
    }

    private void examine(Change change) {
        for (Edit edit : change.edits()) {
            if (edit instanceof Edit.PutBody put && put.key().typeUrl().equals(Types.SECRET)) {
                brought.add(put.key().resource());
                needs.found(put.key().resource());
            }
        }
        change.edits().forEach(edit -> awaited.addAll(needs.apply(edit, this::isThere)));
    }

    private boolean isThere(ResourceName name) {
        return brought.contains(name) || standing.test(name);
    }

    private void forget() {
        needs.clear();
        awaited.clear();
        brought.clear();
    }
}
