package io.tailrace.cli.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.GatewayReport;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.topic.FleetKey;
import io.tailrace.schemas.topic.RecordKeys;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What gateways say of themselves and their nodes, folded from {@code fleet}. Times are the log's own (LogAppendTime), so
 * that no clock of a gateway or of this machine matters.
 */
final class Fleet {
    /** Silent for so long, a gateway counts no more. */
    static final long SILENT_MS = 10_000;

    private final SortedMap<String, Gateway> gateways = new TreeMap<>();
    private final SortedMap<Seat, NodeReport> nodes = new TreeMap<>();
    private final Map<Seat, Long> nodesHeardMs = new HashMap<>();
    private long newestMs;

    /**
     * A gateway.
     *
     * @param heardMs when its newest report was appended
     * @param heardNow a report has come since the watch began
     */
    record Gateway(GatewayReport report, long heardMs, boolean heardNow) {}

    /** A node at a gateway. Several may report one node: it went from one to the other. */
    record Seat(String gateway, String node) implements Comparable<Seat> {
        private static final Comparator<Seat> ORDER =
                Comparator.comparing(Seat::node).thenComparing(Seat::gateway);

        @Override
        public int compareTo(Seat other) {
            return ORDER.compare(this, other);
        }
    }

    /** `live`: it was not there when the watch began. */
    void record(ConsumerRecord<byte[], byte[]> record, boolean live) {
        newestMs = Math.max(newestMs, record.timestamp());
        try {
            FleetKey key = RecordKeys.parseFleet(new String(record.key(), UTF_8));
            FleetRecord value = record.value() == null ? null : FleetRecord.parseFrom(record.value());
            switch (key) {
                case FleetKey.OfGateway(String gateway) -> gateway(gateway, value, record.timestamp(), live);
                case FleetKey.OfNode(String gateway, String node) ->
                    node(new Seat(gateway, node), value, record.timestamp());
            }
        } catch (InvalidProtocolBufferException | InvalidKeyException e) {
            // A later version's: it tells this one nothing.
        }
    }

    private void gateway(String name, @Nullable FleetRecord value, long timeMs, boolean live) {
        if (value == null) {
            gateways.remove(name);
        } else {
            gateways.put(name, new Gateway(value.getGateway(), timeMs, live));
        }
    }

    private void node(Seat seat, @Nullable FleetRecord value, long timeMs) {
        if (value == null) {
            nodes.remove(seat);
            nodesHeardMs.remove(seat);
        } else {
            nodesHeardMs.put(seat, timeMs);
            nodes.put(seat, value.getNode());
        }
    }

    /** By name. */
    Map<String, Gateway> gateways() {
        return gateways;
    }

    /** By node and gateway; of a gateway's former run too, until it has swept them away. */
    Map<Seat, NodeReport> nodes() {
        return nodes;
    }

    /** When the newest record was appended: the log's time, or a little before. */
    long newestMs() {
        return newestMs;
    }

    /** It has not reported for long. */
    boolean isSilent(Gateway gateway, long logNowMs) {
        return logNowMs - gateway.heardMs() >= SILENT_MS;
    }

    /**
     * The gateway's own report says how far the node is. It is written after those of its nodes: one of a node that isn't
     * older is newer than what the gateway has said.
     */
    boolean isCounted(Seat seat, Gateway gateway) {
        return nodesHeardMs.getOrDefault(seat, Long.MAX_VALUE) < gateway.heardMs();
    }

    /** The node has a stream at that gateway's present run. */
    boolean isConnected(Seat seat, NodeReport node) {
        Gateway gateway = gateways.get(seat.gateway());
        return node.getConnected()
                && gateway != null
                && gateway.report().getIncarnation().equals(node.getIncarnation());
    }
}
