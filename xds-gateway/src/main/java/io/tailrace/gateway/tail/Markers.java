package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.Place;
import io.tailrace.gateway.view.ViewEdit;
import io.tailrace.schemas.log.v1.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The markers of one partition: their sequence only grows, and their positions are in effect once their own changes and
 * those of all markers before them are. Belongs to the reader's thread.
 */
final class Markers {
    /** A marker whose changes are not all applied. */
    static final class Ticket {
        private final long sequence;
        private final List<Position> positions;
        private int open;

        private Ticket(long sequence, List<Position> positions, int changes) {
            this.sequence = sequence;
            this.positions = positions;
            this.open = changes;
        }

        void applied() {
            open--;
        }
    }

    private final Deque<Ticket> tickets = new ArrayDeque<>();
    private boolean known;
    private long last = -1;
    private long inEffect = -1;

    /** A partition that never had a marker is unknown, not empty. */
    boolean isKnown() {
        return known;
    }

    /** The newest marker's sequence. */
    long last() {
        return last;
    }

    /** Whether a marker's changes, and those of all before it, are applied. */
    boolean isInEffect(long sequence) {
        return inEffect >= sequence;
    }

    /** Whether a marker counts: one that comes again, or late, doesn't. */
    boolean accept(long sequence) {
        if (known && sequence <= last) {
            return false;
        }
        known = true;
        last = sequence;
        return true;
    }

    /** Of the marker that was accepted last. */
    Ticket open(List<Position> positions, int changes) {
        Ticket ticket = new Ticket(last, positions, changes);
        tickets.addLast(ticket);
        return ticket;
    }

    /** Writes the positions that are in effect now; whether there were any. */
    boolean advance(ViewEdit edit) {
        Ticket newest = null;
        while (!tickets.isEmpty() && tickets.getFirst().open == 0) {
            newest = tickets.removeFirst();
        }
        if (newest == null) {
            return false;
        }
        inEffect = newest.sequence;
        for (Position position : newest.positions) {
            edit.position(new Place(position.getInput(), position.getPartition()), position.getOffset());
        }
        return true;
    }
}
