package io.tailrace.translator.endpoints;

import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.log.v1.Cause;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.translator.lane.Arrival;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has come for a service since its assignments were last written, or that all of it is to be translated anew. */
final class Occasion {
    private final boolean everything;
    private final Map<String, Long> newestByPortName = new HashMap<>();
    private final SortedMap<EndpointKey, Deletion> deletions = new TreeMap<>();
    private long timeMs;

    /** Of an endpoint that had served what stands. */
    private record Deletion(PlacedEndpoint before, Cause cause) {}

    private Occasion(boolean everything) {
        this.everything = everything;
    }

    /** Of events that are still to be added. */
    static Occasion ofEvents() {
        return new Occasion(false);
    }

    static Occasion rebuild() {
        return new Occasion(true);
    }

    void policy(Arrival.Policy policy) {
        timeMs = Math.max(timeMs, policy.place().appendedMs());
    }

    /** One at least of the two is there. */
    void endpoint(Arrival.Event event, EndpointKey key, @Nullable PlacedEndpoint before, @Nullable PlacedEndpoint now) {
        timeMs = Math.max(timeMs, event.place().appendedMs());
        touch(before, event.place().offset());
        touch(now, event.place().offset());
        if (now != null) {
            deletions.remove(key);
        } else if (before != null) {
            Cause cause = Cause.newBuilder()
                    .setKey(key.text())
                    .setPosition(event.place().position())
                    .setDeletion(true)
                    .build();
            deletions.put(key, new Deletion(before, cause));
        }
    }

    private void touch(@Nullable PlacedEndpoint placed, long offset) {
        if (placed != null) {
            placed.endpoint().getSpec().getPortsMap().keySet().forEach(port -> newestByPortName.put(port, offset));
        }
    }

    boolean touches(PortPolicy port) {
        return everything || newestByPortName.containsKey(port.getName());
    }

    /** Of the newest endpoint's event that touches the port; empty: there is none. */
    OptionalLong endpointOffset(PortPolicy port) {
        Long newest = newestByPortName.get(port.getName());
        return newest == null ? OptionalLong.empty() : OptionalLong.of(newest);
    }

    /** Deletions without which the port's assignment would differ. */
    Stream<Cause> deletions(PortPolicy port) {
        return deletions.values().stream()
                .filter(deletion -> deletion.before().serves(port))
                .map(Deletion::cause);
    }

    /** When the newest event was appended; 0: a rebuild. */
    long timeMs() {
        return timeMs;
    }
}
