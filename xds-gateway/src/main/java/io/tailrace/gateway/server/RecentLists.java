package io.tailrace.gateway.server;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lists of names that came last over the streams of one thread. In SotW a client repeats its list with every answer, and
 * the clients of a fleet ask for the same: a list that is here already isn't read, its bytes are compared.
 */
final class RecentLists {
    private static final int KEPT = 8;

    /** What is shorter is read as soon. */
    private static final int LEAST_BYTES = 512;

    private final List<AsciiNames> recent = new ArrayList<>(KEPT);
    private int oldest;

    /** The list that begins at `from` and ends before something else, if it came lately. */
    @Nullable
    AsciiNames find(byte[] message, int from, int end) {
        for (AsciiNames list : recent) {
            if (list.isAt(message, from, end)) {
                return list;
            }
        }
        return null;
    }

    void add(AsciiNames list) {
        if (list.bytes() < LEAST_BYTES) {
            return;
        }
        if (recent.size() < KEPT) {
            recent.add(list);
        } else {
            recent.set(oldest, list);
            oldest = (oldest + 1) % KEPT;
        }
    }
}
