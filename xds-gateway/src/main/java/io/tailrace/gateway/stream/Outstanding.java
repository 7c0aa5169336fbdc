package io.tailrace.gateway.stream;

import io.tailrace.gateway.view.Body;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The responses of one type that are unanswered, in the order in which they were sent and are answered. */
final class Outstanding {
    private final Deque<Unanswered> all = new ArrayDeque<>(1);

    /** Of names in them: those that the client has dropped since. */
    private final Set<String> dropped = new FewNames();

    private final int limit;

    /** Above `limit` the oldest are taken for one: a client that answers nothing costs no more than its names. */
    Outstanding(int limit) {
        this.limit = limit;
    }

    Collection<Unanswered> all() {
        return all;
    }

    void add(Unanswered one) {
        if (all.isEmpty()) {
            dropped.clear();
        }
        if (!dropped.isEmpty()) {
            one.items().keySet().forEach(dropped::remove);
        }
        all.add(one);
        if (all.size() > limit) {
            Unanswered oldest = all.removeFirst();
            all.addFirst(oldest.with(all.removeFirst(), dropped));
            dropped.removeIf(name -> newest(name) == null);
        }
    }

    /** How many responses these are. */
    long responses() {
        return all.isEmpty() ? 0 : all.size() + all.getFirst().others().responses();
    }

    /** The client wants it no more. */
    void drop(String name) {
        for (Unanswered one : all) {
            one.whole().drop(name);
            if (one.items().containsKey(name)) {
                dropped.add(name);
            }
        }
    }

    /** The client wants it again. Returns what {@link #newest(String)} says of it. */
    Unanswered.@Nullable Item wantedAgain(String name) {
        dropped.remove(name);
        return newest(name);
    }

    boolean isDropped(String name) {
        return dropped.contains(name);
    }

    boolean awaits(String nonce) {
        for (Unanswered one : all) {
            if (one.nonce().equals(nonce)) {
                return true;
            }
        }
        return false;
    }

    /** Those that are answered by an answer to this one, the last of them: it and those before it. */
    List<Unanswered> take(String nonce) {
        List<Unanswered> answered = new ArrayList<>(1);
        if (awaits(nonce)) {
            for (Iterator<Unanswered> each = all.iterator(); each.hasNext(); ) {
                Unanswered one = each.next();
                each.remove();
                answered.add(one);
                if (one.nonce().equals(nonce)) {
                    break;
                }
            }
        }
        return answered;
    }

    /** If all are answered, the one that was answered last. */
    Unanswered newestOr(Unanswered answered) {
        Unanswered newest = all.peekLast();
        return newest == null ? answered : newest;
    }

    /** What the client will have of this name, by the newest that says something of it; null: none does. */
    Unanswered.@Nullable Item newest(String name) {
        Unanswered.Item newest = null;
        for (Unanswered one : all) {
            newest = one.items().getOrDefault(name, newest);
        }
        return newest;
    }

    /** The client has this if it accepts what is under way. */
    boolean brings(Body body) {
        Unanswered.Item newest = newest(body.name());
        return newest != null && Overlay.isSame(newest.now(), body);
    }

    /** One that was sent later says something of the name too, and replaces what was there before the rejected one. */
    boolean handsOn(Unanswered.Item rejected) {
        for (Unanswered later : all) {
            Unanswered.Item newer = later.items().get(rejected.name());
            if (newer != null) {
                later.items()
                        .put(rejected.name(), new Unanswered.Item(rejected.name(), rejected.before(), newer.now()));
                return true;
            }
        }
        return false;
    }
}
