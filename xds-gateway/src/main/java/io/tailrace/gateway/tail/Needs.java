package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the bodies of some changes, taken as one, must have beside them: load assignments and secrets. */
final class Needs {
    private final Map<BodyKey, List<ResourceName>> byBody = new HashMap<>();

    /** Keeps of a body's references those that aren't there, and returns them. */
    List<ResourceName> apply(Edit edit, Predicate<ResourceName> there) {
        return switch (edit) {
            case Edit.PutBody put -> {
                List<ResourceName> needs = put.body().raw()
                        ? List.of() // Nobody but its author knows whether what a raw resource names is ever to come.
                        : put.body().refs().stream()
                                .filter(ref -> isAwaited(ref) && !there.test(ref))
                                .toList();
                if (needs.isEmpty()) {
                    byBody.remove(put.key());
                } else {
                    byBody.put(put.key(), needs);
                }
                yield needs;
            }
            case Edit.RemoveBody remove -> {
                byBody.remove(remove.key());
                yield List.of();
            }
            case Edit.PutGroup _, Edit.RemoveGroup _, Edit.PutList _, Edit.RemoveList _ -> List.of();
        };
    }

    /** A later change brings this itself. */
    void found(ResourceName name) {
        byBody.replaceAll((_, names) -> names.contains(name)
                ? names.stream().filter(other -> !other.equals(name)).toList()
                : names);
        byBody.values().removeIf(List::isEmpty);
    }

    boolean isEmpty() {
        return byBody.isEmpty();
    }

    NavigableSet<ResourceName> lacking(Predicate<ResourceName> there) {
        NavigableSet<ResourceName> lacking = new TreeSet<>();
        byBody.values().forEach(names -> names.stream().filter(there.negate()).forEach(lacking::add));
        return lacking;
    }

    void clear() {
        byBody.clear();
    }

    /** What else a body refers to comes in the same change, or from elsewhere. */
    private static boolean isAwaited(ResourceName ref) {
        return ref.typeUrl().equals(Types.ASSIGNMENT) || ref.typeUrl().equals(Types.SECRET);
    }
}
