package io.tailrace.gateway.server;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The lists of names that came last over the streams of one thread. In SotW a client repeats its list with every answer, and
 * the clients of a fleet ask for the same: a list that is here already isn't read, its bytes are compared.
 */
final class RecentLists {
    private static final int MOST = 8;

    /** Of all together; with their texts they take some four times as much. */
    private static final int MOST_BYTES = 1 << 20;

    /** What is shorter is read as soon. */
    private static final int LEAST_BYTES = 512;

    private final Deque<AsciiNames> recent = new ArrayDeque<>(MOST);
    private int bytes;

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

    /** The oldest make room for it. */
    void add(AsciiNames list) {
        if (list.bytes() < LEAST_BYTES || list.bytes() > MOST_BYTES) {
            return;
        }
        while (recent.size() >= MOST || bytes + list.bytes() > MOST_BYTES) {
            bytes -= recent.removeFirst().bytes();
        }
        recent.addLast(list);
        bytes += list.bytes();
    }
}
