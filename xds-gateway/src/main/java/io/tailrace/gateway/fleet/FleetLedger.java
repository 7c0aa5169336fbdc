package io.tailrace.gateway.fleet;

import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.view.Positions;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.GatewayReport;
import io.tailrace.schemas.log.v1.Laggard;
import io.tailrace.schemas.topic.RecordKeys;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the nodes of one gateway have acked: a watermark that all share, and by name those that are behind it or
 * reject something. What it costs to report follows the changes and the laggards, not the nodes. For one thread; time is
 * a parameter.
 */
public final class FleetLedger {
    /** Who owes an ack for longer no longer holds the watermark back, but is named. */
    static final long LAGGARD_MS = 3_000;

    /** How long a node that left stays on the topic. */
    static final long FORGET_MS = 60 * 60_000L;

    /** A record of `fleet`; a null value takes the key away. */
    public record Write(String key, @Nullable FleetRecord value) {}

    private record NodeName(String mesh, String node) {
        static NodeName of(StreamNode node) {
            return new NodeName(node.node().mesh(), node.node().id());
        }
    }

    private final String gateway;
    private final String incarnation;
    private final Owing owing = new Owing(LAGGARD_MS);
    private final AckTimes ackTimes;
    private final Map<Long, StreamAccount> streams = new HashMap<>();
    private final Map<NodeName, NodeAccount> nodes = new HashMap<>();
    /** Streams that may have to be named: never settled, late, or rejecting. */
    private final Set<Long> named = new TreeSet<>();

    private final Set<NodeName> changedNodes = new LinkedHashSet<>();
    /** The newest delivered view, and those published after it. */
    private final NavigableMap<Long, Positions> views = new TreeMap<>(Map.of(0L, Positions.NONE));

    private long delivered;
    private long watermark;
    private Positions watermarkPositions = Positions.NONE;
    private String staleReason = "";
    private @Nullable GatewayReport reported;

    /** `incarnation` names this run of the gateway. */
    public FleetLedger(String gateway, String incarnation, AckTimes ackTimes) {
        this.gateway = gateway;
        this.incarnation = incarnation;
        this.ackTimes = ackTimes;
    }

    public void apply(FleetEvent event) {
        switch (event) {
            case FleetEvent.Published published -> {
                views.put(published.view(), published.positions());
                ackTimes.published(published.view(), published.eventTimesMs());
            }
            case FleetEvent.Delivered view -> delivered(view);
            case FleetEvent.Said said -> said(said.stream(), said.fact(), said.timeMs());
            case FleetEvent.Closed closed -> closed(closed);
        }
    }

    /** Why the view may be old; empty: it isn't. */
    public void stale(String reason) {
        staleReason = reason;
    }

    private void delivered(FleetEvent.Delivered view) {
        delivered = Math.max(delivered, view.view());
        ackTimes.delivered(view.view(), view.timeMs());
        advanceWatermark();
        views.headMap(Math.min(delivered, watermark), false).clear();
    }

    private void said(long id, Fact fact, long timeMs) {
        StreamAccount stream = streams.get(id);
        if (fact instanceof Fact.Connected connected) {
            connected(id, connected, timeMs);
        } else if (stream != null) {
            said(id, stream, fact, timeMs);
        }
    }

    private void said(long id, StreamAccount stream, Fact fact, long timeMs) {
        switch (fact) {
            case Fact.Selected selected -> {
                stream.move(selected.group());
                node(stream).moved(stream);
            }
            case Fact.Behind behind -> behind(id, stream, behind.view(), timeMs);
            case Fact.Settled _ -> settled(id, stream, timeMs);
            case Fact.Reached reached -> reached(id, stream, reached, timeMs);
            case Fact.Rejected rejected -> {
                stream.reject(rejected, deliveredPositions(), timeMs);
                named.add(id);
                node(stream);
            }
            case Fact.Mended mended -> {
                stream.mend(mended);
                node(stream);
            }
            case Fact.Connected _,
                    Fact.Pushed _,
                    Fact.Refreshed _,
                    Fact.Acked _,
                    Fact.OrderLimitPassed _,
                    Fact.CatchUpLimitPassed _,
                    Fact.Large _ -> {}
        }
    }

    /** The node of the stream, which now has something to report. */
    private NodeAccount node(StreamAccount stream) {
        NodeName name = NodeName.of(stream.node());
        changedNodes.add(name);
        return nodes.computeIfAbsent(name, _ -> new NodeAccount(stream.node()));
    }

    private void connected(long id, Fact.Connected fact, long timeMs) {
        StreamAccount stream = new StreamAccount(StreamNode.of(fact));
        streams.put(id, stream);
        named.add(id);
        node(stream).connect(id, stream, timeMs);
    }

    private void behind(long id, StreamAccount stream, long view, long timeMs) {
        Map.Entry<Long, Positions> before = views.lowerEntry(view);
        stream.behind(before == null ? watermarkPositions : before.getValue());
        if (stream.settledOnce()) {
            owing.owe(id, view, timeMs);
        }
        stream.watched(at(view));
        ackTimes.behind(id, view, timeMs);
    }

    private void reached(long id, StreamAccount stream, Fact.Reached fact, long timeMs) {
        stream.reached();
        stream.watched(at(fact.next()));
        owing.reach(id, fact.view(), timeMs);
        ackTimes.reached(id, fact.view(), timeMs);
        advanceWatermark();
    }

    /** Of a view that was not delivered before the stream spoke of it, so that its positions are kept. */
    private Positions at(long view) {
        Map.Entry<Long, Positions> entry = views.floorEntry(view);
        return entry == null ? Positions.NONE : entry.getValue();
    }

    private void settled(long id, StreamAccount stream, long timeMs) {
        stream.settled();
        if (!stream.isRejecting()) {
            named.remove(id);
        }
        owing.settle(id);
        ackTimes.settled(id, timeMs);
        advanceWatermark();
    }

    private void closed(FleetEvent.Closed event) {
        StreamAccount stream = streams.remove(event.stream());
        if (stream != null) {
            Positions acked = stream.acked(deliveredPositions());
            settled(event.stream(), stream, event.timeMs());
            named.remove(event.stream());
            node(stream).disconnect(event.stream(), acked, event.timeMs());
        }
    }

    private Positions deliveredPositions() {
        Map.Entry<Long, Positions> entry = views.floorEntry(delivered);
        return entry == null ? watermarkPositions : entry.getValue();
    }

    private void advanceWatermark() {
        long acked = owing.ackedByAll(delivered);
        Map.Entry<Long, Positions> entry = views.floorEntry(acked);
        if (acked >= watermark && entry != null) {
            watermark = acked;
            watermarkPositions = entry.getValue();
        }
    }

    /** The records that say what has changed since the last time. `beat`: the gateway's own even if nothing has. */
    public List<Write> writes(long nowMs, boolean beat) {
        named.addAll(owing.expire(nowMs));
        ackTimes.expire(nowMs);
        advanceWatermark();
        List<Write> writes = new ArrayList<>();
        for (NodeName name : changedNodes) {
            NodeAccount node = nodes.get(name);
            if (node != null) {
                FleetRecord record = FleetRecord.newBuilder()
                        .setNode(node.report(incarnation))
                        .build();
                writes.add(new Write(RecordKeys.node(gateway, name.node()), record));
            }
        }
        changedNodes.clear();
        GatewayReport report = report();
        if (beat || !report.equals(reported)) {
            reported = report;
            writes.add(new Write(
                    RecordKeys.gateway(gateway),
                    FleetRecord.newBuilder()
                            .setGateway(report.toBuilder().setTimeMs(nowMs))
                            .build()));
        }
        return writes;
    }

    /** Takes away the nodes that left long ago. */
    public List<Write> forget(long nowMs) {
        List<Write> writes = new ArrayList<>();
        nodes.entrySet().removeIf(entry -> {
            NodeAccount node = entry.getValue();
            boolean gone = !node.isConnected() && nowMs - node.sinceMs() >= FORGET_MS;
            if (gone) {
                writes.add(new Write(RecordKeys.node(gateway, entry.getKey().node()), null));
            }
            return gone;
        });
        return writes;
    }

    /** All keys that this gateway has on the topic, its own first: it is about to end. */
    public List<Write> farewell() {
        List<Write> writes = new ArrayList<>();
        writes.add(new Write(RecordKeys.gateway(gateway), null));
        nodes.keySet().forEach(name -> writes.add(new Write(RecordKeys.node(gateway, name.node()), null)));
        return writes;
    }

    /** Whether a key belongs to what this run reports. */
    public boolean owns(String key) {
        return key.equals(RecordKeys.gateway(gateway))
                || nodes.keySet().stream()
                        .anyMatch(name -> RecordKeys.node(gateway, name.node()).equals(key));
    }

    private GatewayReport report() {
        GatewayReport.Builder report = GatewayReport.newBuilder()
                .addAllView(views.lastEntry().getValue().toProto())
                .addAllWatermark(watermarkPositions.toProto())
                .setStreams(streams.size())
                .setStaleReason(staleReason)
                .setIncarnation(incarnation);
        Positions all = deliveredPositions();
        named.removeIf(id -> {
            StreamAccount stream = streams.get(id);
            return stream == null || (!stream.isBehind() && !stream.isRejecting());
        });
        named.stream()
                .map(streams::get)
                .filter(Objects::nonNull)
                // Who is in no group has nothing to ack.
                .filter(stream -> stream.node().group() != null || stream.isRejecting())
                .map(stream -> laggard(stream, all))
                .sorted(Comparator.comparing(Laggard::getNode).thenComparing(Laggard::getMesh))
                .forEach(report::addLaggards);
        return report.build();
    }

    private static Laggard laggard(StreamAccount stream, Positions delivered) {
        return Laggard.newBuilder()
                .setMesh(stream.node().node().mesh())
                .setNode(stream.node().node().id())
                .setGroup(Objects.requireNonNullElse(stream.node().group(), ""))
                .addAllAcked(stream.acked(delivered).toProto())
                .build();
    }
}
