package io.tailrace.bench.fleet;

import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import io.tailrace.bench.process.Stamp;
import io.tailrace.bench.process.WallClock;
import java.util.ArrayList;
import java.util.List;

/**
 * When each edition of each name was acked by the last client that asks for it. Who is given a newer edition at once has
 * acked those between too. Belongs to the event loop.
 */
final class Progress {
    private final int[] clients;
    private final LongObjectMap<int[]> acks = new LongObjectHashMap<>();
    private final List<Stamp> done = new ArrayList<>();

    /** `clients`: for each name, how many ask for it. */
    Progress(int[] clients) {
        this.clients = clients.clone();
    }

    /** A client had edition `from` and has acked edition `to`. */
    void acked(int name, int from, int to) {
        for (int edition = from + 1; edition <= to; edition++) {
            long key = (long) name << 32 | edition;
            int[] count = acks.computeIfAbsent(key, _ -> new int[1]);
            if (++count[0] == clients[name]) {
                acks.remove(key);
                done.add(new Stamp(name, edition, WallClock.micros()));
            }
        }
    }

    /** Editions that all have acked. */
    int done() {
        return done.size();
    }

    /** Takes them, so that they count no more. */
    List<Stamp> take() {
        List<Stamp> all = List.copyOf(done);
        done.clear();
        return all;
    }
}
