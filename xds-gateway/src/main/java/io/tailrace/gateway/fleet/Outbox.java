package io.tailrace.gateway.fleet;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be written, newest value per key, until Kafka has it. The gateway's own record goes when Kafka has all others:
 * whoever reads it can find every node that it counts. Belongs to the reporter's thread.
 */
final class Outbox {
    private final String gateway;
    private final Map<String, FleetLedger.Write> unsent = new LinkedHashMap<>();
    private final Map<String, FleetLedger.Write> underWay = new LinkedHashMap<>();

    /** {@code gateway} is the key of the gateway's own record. */
    Outbox(String gateway) {
        this.gateway = gateway;
    }

    void add(FleetLedger.Write write) {
        unsent.put(write.key(), write);
    }

    /** The next to send; none while one of the same key is under way, so that an older one can't overtake it. */
    Optional<FleetLedger.Write> next() {
        for (Iterator<FleetLedger.Write> all = unsent.values().iterator(); all.hasNext(); ) {
            FleetLedger.Write write = all.next();
            if (!underWay.containsKey(write.key()) && !waitsForOthers(write)) {
                all.remove();
                underWay.put(write.key(), write);
                return Optional.of(write);
            }
        }
        return Optional.empty();
    }

    /** A farewell waits for nobody. */
    private boolean waitsForOthers(FleetLedger.Write write) {
        return write.key().equals(gateway) && write.value() != null && (unsent.size() > 1 || !underWay.isEmpty());
    }

    void sent(FleetLedger.Write write) {
        underWay.remove(write.key());
    }

    /** It is to be sent again, unless something newer is. */
    void failed(FleetLedger.Write write) {
        underWay.remove(write.key());
        unsent.putIfAbsent(write.key(), write);
    }

    boolean isEmpty() {
        return unsent.isEmpty() && underWay.isEmpty();
    }
}
