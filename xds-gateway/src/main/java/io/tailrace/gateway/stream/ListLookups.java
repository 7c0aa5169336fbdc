package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.GroupView;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the newest views give by the lists that clients of a thread asked for lately: a crowd that reconnects comes with the
 * same few.
 */
final class ListLookups {
    private static final int MOST = 8;

    private final Deque<Known> recent = new ArrayDeque<>(MOST);

    /** Bodies, and no view: an old one isn't kept. */
    private record Known(
            List<String> names,
            String mesh,
            String group,
            long view,
            String typeUrl,
            boolean ttls,
            Optional<ListedBodies> bodies) {
        boolean isOf(GroupView from, String type, List<String> list, boolean takesTtls) {
            return names.equals(list)
                    && view == from.number()
                    && ttls == takesTtls
                    && group.equals(from.name())
                    && mesh.equals(from.mesh())
                    && typeUrl.equals(type);
        }
    }

    /** `look`: does it, unless it was done for this list. */
    Optional<ListedBodies> find(
            GroupView group, String typeUrl, List<String> names, boolean ttls, Supplier<Optional<ListedBodies>> look) {
        for (Known known : recent) {
            if (known.isOf(group, typeUrl, names, ttls)) {
                return known.bodies();
            }
        }
        if (recent.size() == MOST) {
            recent.removeLast();
        }
        Known now = new Known(names, group.mesh(), group.name(), group.number(), typeUrl, ttls, look.get());
        recent.addFirst(now);
        return now.bodies();
    }
}
