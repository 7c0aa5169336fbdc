package io.tailrace.gateway.fleet;

import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Positions;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.log.v1.Rejection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One node's account: its streams (one, unless it asks type by type or comes anew before we see it gone). */
final class NodeAccount {
    private final Map<Long, StreamAccount> streams = new LinkedHashMap<>();
    private StreamNode newest;
    private long sinceMs;
    /** What all streams had acked that have ended since it was last away. */
    private @Nullable Positions ackedAtEnd;

    NodeAccount(StreamNode first) {
        this.newest = first;
    }

    void connect(long id, StreamAccount stream, long timeMs) {
        if (streams.isEmpty()) {
            sinceMs = timeMs;
            ackedAtEnd = null;
        }
        streams.put(id, stream);
        newest = stream.node();
    }

    void moved(StreamAccount stream) {
        newest = stream.node();
    }

    void disconnect(long id, Positions acked, long timeMs) {
        streams.remove(id);
        ackedAtEnd = ackedAtEnd == null ? acked : ackedAtEnd.lower(acked);
        if (streams.isEmpty()) {
            sinceMs = timeMs;
        }
    }

    boolean isConnected() {
        return !streams.isEmpty();
    }

    long sinceMs() {
        return sinceMs;
    }

    NodeReport report(String incarnation) {
        Node node = newest.node();
        return NodeReport.newBuilder()
                .setMesh(node.mesh())
                .setNode(node.id())
                .setCluster(node.cluster())
                .setGroup(Objects.requireNonNullElse(newest.group(), ""))
                .setConnected(isConnected())
                .setSinceMs(sinceMs)
                .setUserAgent(node.userAgent())
                .setVariant(newest.variant() == Variant.DELTA ? "delta" : "sotw")
                .setIncarnation(incarnation)
                .addAllAcked(isConnected() || ackedAtEnd == null ? List.of() : ackedAtEnd.toProto())
                .addAllRejections(streams.values().stream()
                        .flatMap(stream -> stream.rejections().stream())
                        .sorted(Comparator.comparing(Rejection::getTypeUrl))
                        .toList())
                .build();
    }
}
