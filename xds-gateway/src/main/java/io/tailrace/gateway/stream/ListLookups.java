package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.GroupView;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What views have by the lists that clients of a thread asked for lately: a crowd that reconnects comes with the same few.
 * It keeps them no longer than until memory is collected, and to look again costs little.
 */
final class ListLookups {
    private static final int MOST = 8;

    private final Deque<WeakReference<ListedBodies>> recent = new ArrayDeque<>(MOST);

    @Nullable
    ListedBodies find(GroupView group, String typeUrl, boolean ttls, List<String> names) {
        for (WeakReference<ListedBodies> one : recent) {
            ListedBodies known = one.get();
            if (known != null && known.isOf(group, typeUrl, ttls, names)) {
                return known;
            }
        }
        return null;
    }

    void add(ListedBodies bodies) {
        if (recent.size() == MOST) {
            recent.removeLast();
        }
        recent.addFirst(new WeakReference<>(bodies));
    }
}
