package io.tailrace.gateway.fleet;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which streams have something of a view still to ack, and since which view. One that owes for longer than the limit
 * holds the others' count back no more. Belongs to the thread of the ledger.
 */
final class Owing {
    private record Debt(long view, long sinceMs, boolean late) {}

    private final long limitMs;
    /** By when the debt began, since time only goes on. */
    private final Map<Long, Debt> debts = new LinkedHashMap<>();

    private final NavigableMap<Long, Integer> inTime = new TreeMap<>();

    Owing(long limitMs) {
        this.limitMs = limitMs;
    }

    /** The stream got, or is to get, something of this view. What it owed before counts on. */
    void owe(long stream, long view, long nowMs) {
        if (debts.putIfAbsent(stream, new Debt(view, nowMs, false)) == null) {
            inTime.merge(view, 1, Integer::sum);
        }
    }

    void settle(long stream) {
        Debt debt = debts.remove(stream);
        if (debt != null && !debt.late) {
            release(debt.view);
        }
    }

    /** It has come so far, and owes what is newer from now on. One that is late stays so until it owes nothing. */
    void reach(long stream, long view, long nowMs) {
        Debt debt = debts.get(stream);
        if (debt != null && !debt.late) {
            settle(stream);
            owe(stream, view + 1, nowMs);
        }
    }

    boolean isEmpty() {
        return debts.isEmpty();
    }

    /** Returns the streams that have become late. */
    List<Long> expire(long nowMs) {
        List<Long> late = new ArrayList<>();
        for (Iterator<Map.Entry<Long, Debt>> all = debts.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, Debt> entry = all.next();
            Debt debt = entry.getValue();
            if (nowMs - debt.sinceMs < limitMs) {
                break;
            }
            if (!debt.late) {
                release(debt.view);
                entry.setValue(new Debt(debt.view, debt.sinceMs, true));
                late.add(entry.getKey());
            }
        }
        return late;
    }

    /** The newest view, not above `newest`, that every stream which isn't late has acked. */
    long ackedByAll(long newest) {
        return inTime.isEmpty() ? newest : Math.min(newest, inTime.firstKey() - 1);
    }

    private void release(long view) {
        inTime.computeIfPresent(view, (_, count) -> count == 1 ? null : count - 1);
    }
}
