package io.tailrace.connectors.core.diff;

import io.tailrace.schemas.kind.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides what a source changes on the log. An object belongs to the source that wrote it last: so ours are the objects whose
 * newest record bears our name, and what another wrote over or deleted becomes ours again only when our value of it changes,
 * or when we start (we then have asserted nothing yet).
 */
public final class Difference {
    private static final Comparator<SourceObject> BY_KEY = Comparator.comparing(SourceObject::key);

    private Difference() {}

    /**
     * Compares what the log has of a source with what the source wants.
     *
     * @param own what is ours on the log: {@link Holdings#own}
     * @param asserted the hash of each object as we last saw to it, in this run, that it is on the log
     * @param desired what the source has now
     * @param mayBeEmpty the source may have nothing at all
     */
    public static Changes between(
            Map<ObjectKey, Long> own, Map<ObjectKey, Long> asserted, Snapshot desired, boolean mayBeEmpty) {
        List<SourceObject> appearing = new ArrayList<>();
        List<SourceObject> changed = new ArrayList<>();
        List<ObjectKey> yielded = new ArrayList<>();
        for (SourceObject object : desired.objects().values()) {
            Long standing = own.get(object.key());
            if (standing != null) {
                if (standing != object.hash()) {
                    changed.add(object);
                }
            } else if (Long.valueOf(object.hash()).equals(asserted.get(object.key()))) {
                yielded.add(object.key());
            } else {
                appearing.add(object);
            }
        }
        List<ObjectKey> gone = own.keySet().stream()
                .filter(key ->
                        !desired.objects().containsKey(key) && !desired.held().contains(key))
                .sorted()
                .toList();
        Optional<Changes.Withheld> withheld = withheld(gone.size(), desired, mayBeEmpty);
        appearing.sort(BY_KEY);
        changed.sort(BY_KEY);
        yielded.sort(Comparator.naturalOrder());
        return new Changes(
                List.copyOf(appearing),
                List.copyOf(changed),
                withheld.isPresent() ? List.of() : gone,
                withheld,
                List.copyOf(yielded));
    }

    private static Optional<Changes.Withheld> withheld(int gone, Snapshot desired, boolean mayBeEmpty) {
        if (gone == 0) {
            return Optional.empty();
        }
        if (desired.incomplete().isPresent()) {
            return Optional.of(new Changes.Incomplete(desired.incomplete().get(), gone));
        }
        if (desired.objects().isEmpty() && desired.held().isEmpty() && !mayBeEmpty) {
            return Optional.of(new Changes.SuddenlyEmpty(gone));
        }
        return Optional.empty();
    }
}
