package io.tailrace.gateway.fleet;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.topic.FleetKey;
import io.tailrace.schemas.topic.RecordKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds on `fleet` what nobody will take away: what a former run of this gateway left, and what gateways left that have
 * been silent for an hour. Fed with the topic's records; time is a parameter.
 */
final class FleetSweep {
    private final String gateway;
    private final String incarnation;
    private final Map<String, FleetRecord> records = new TreeMap<>();
    private final Map<String, Long> heardMs = new HashMap<>();

    FleetSweep(String gateway, String incarnation) {
        this.gateway = gateway;
        this.incarnation = incarnation;
    }

    void record(String key, byte @Nullable [] value, long timestampMs) {
        if (value == null) {
            records.remove(key);
            return;
        }
        try {
            String by = gatewayOf(key);
            records.put(key, FleetRecord.parseFrom(value));
            heardMs.merge(by, timestampMs, Math::max);
        } catch (InvalidProtocolBufferException | InvalidKeyException e) {
            // Not ours to judge: it was written by a later version, or by somebody else.
            records.remove(key);
        }
    }

    /** Keys to take away, sorted. */
    List<String> dead(long nowMs) {
        Set<String> dead = new TreeSet<>();
        records.forEach((key, record) -> {
            String by = gatewayOf(key);
            boolean left = by.equals(gateway)
                    ? !incarnation(record).equals(incarnation)
                    : nowMs - heardMs.getOrDefault(by, nowMs) >= FleetLedger.FORGET_MS;
            if (left) {
                dead.add(key);
            }
        });
        return List.copyOf(dead);
    }

    private static String gatewayOf(String key) {
        return switch (RecordKeys.parseFleet(key)) {
            case FleetKey.OfGateway own -> own.gateway();
            case FleetKey.OfNode node -> node.gateway();
        };
    }

    private static String incarnation(FleetRecord record) {
        return switch (record.getRecordCase()) {
            case GATEWAY -> record.getGateway().getIncarnation();
            case NODE -> record.getNode().getIncarnation();
            case RECORD_NOT_SET -> "";
        };
    }
}
