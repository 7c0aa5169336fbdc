package io.tailrace.cli.fleet;

import io.tailrace.cli.fleet.Fleet.Gateway;
import io.tailrace.cli.fleet.Fleet.Seat;
import io.tailrace.cli.output.Rows;
import io.tailrace.schemas.log.v1.GatewayReport;
import io.tailrace.schemas.log.v1.Laggard;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.log.v1.Rejection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The fleet as a mesh's people see it: gateways, and nodes with what each has acked and rejects. */
final class FleetTable {
    private final Fleet fleet;
    private final long logNowMs;
    private final String mesh;
    private final int partition;

    FleetTable(Fleet fleet, long logNowMs, String mesh, int partition) {
        this.fleet = fleet;
        this.logNowMs = logNowMs;
        this.mesh = mesh;
        this.partition = partition;
    }

    Rows gateways() {
        Rows rows = new Rows("gateway", "state", "streams", "revision", "acked", "behind");
        fleet.gateways().forEach((name, gateway) -> {
            GatewayReport report = gateway.report();
            Offsets view = Offsets.of(report.getViewList());
            Offsets watermark = Offsets.of(report.getWatermarkList());
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("gateway", name);
            row.put("state", state(gateway));
            row.put("streams", report.getStreams());
            row.put("revision", text(view.revision(partition)));
            row.put("acked", text(watermark.revision(partition)));
            row.put("behind", report.getLaggardsCount());
            row.put("view", view.text(partition));
            row.put("watermark", watermark.text(partition));
            rows.add(row);
        });
        return rows;
    }

    /** `group` null: of all groups, and of none. */
    Rows nodes(@Nullable String group) {
        Rows rows = new Rows("node", "group", "gateway", "state", "revision", "rejects");
        forEachShown((seat, node) -> {
            if (group == null || group.equals(node.getGroup())) {
                rows.add(row(seat, node));
            }
        });
        return rows;
    }

    Rows node(String name) {
        Rows rows = new Rows();
        forEachShown((seat, node) -> {
            if (seat.node().equals(name)) {
                rows.add(row(seat, node));
            }
        });
        return rows;
    }

    /** For people: a line a field, and a line for each thing that is rejected. */
    String nodeText(String name) {
        List<String> lines = new ArrayList<>();
        forEachShown((seat, node) -> {
            if (seat.node().equals(name)) {
                row(seat, node).forEach((field, value) -> {
                    if (!field.equals("rejects")) {
                        lines.add("%-10s %s".formatted(field, value).stripTrailing());
                    }
                });
                for (Rejection rejection : node.getRejectionsList()) {
                    lines.addAll(Rejections.lines(name, rejection));
                }
            }
        });
        return String.join("\n", lines);
    }

    List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        fleet.nodes().forEach((seat, node) -> {
            if (node.getMesh().equals(mesh)) {
                names.add(seat.node());
            }
        });
        return List.copyOf(names);
    }

    private void forEachShown(BiConsumer<Seat, NodeReport> shown) {
        fleet.nodes().forEach((seat, node) -> {
            if (node.getMesh().equals(mesh) && isShown(seat, node)) {
                shown.accept(seat, node);
            }
        });
    }

    /** A node that went to another gateway is shown there alone. */
    private boolean isShown(Seat seat, NodeReport node) {
        return fleet.isConnected(seat, node)
                || fleet.nodes().entrySet().stream()
                        .noneMatch(other -> other.getKey().node().equals(seat.node())
                                && other.getValue().getMesh().equals(mesh)
                                && (fleet.isConnected(other.getKey(), other.getValue())
                                        || other.getValue().getSinceMs() > node.getSinceMs()));
    }

    private Map<String, Object> row(Seat seat, NodeReport node) {
        Gateway gateway = fleet.gateways().get(seat.gateway());
        boolean connected = fleet.isConnected(seat, node);
        Laggard laggard = gateway == null ? null : laggard(gateway, seat.node());
        Offsets acked = acked(node, connected, gateway, laggard);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("node", seat.node());
        row.put("group", node.getGroup());
        row.put("gateway", seat.gateway());
        row.put("state", state(node, connected, gateway, laggard));
        row.put("revision", text(acked.revision(partition)));
        row.put("acked", acked.text(partition));
        row.put("cluster", node.getCluster());
        row.put("client", node.getUserAgent());
        row.put("variant", node.getVariant());
        row.put("since", Instant.ofEpochMilli(node.getSinceMs()).toString());
        row.put("rejects", rejects(node));
        row.put(
                "rejections",
                node.getRejectionsList().stream().map(Rejections::tree).toList());
        return row;
    }

    private static List<String> rejects(NodeReport node) {
        List<String> lines = new ArrayList<>();
        node.getRejectionsList().forEach(rejection -> lines.add(rejection.getMessage()));
        return lines;
    }

    private static Offsets acked(
            NodeReport node, boolean connected, @Nullable Gateway gateway, @Nullable Laggard laggard) {
        if (!connected || gateway == null) {
            return Offsets.of(node.getAckedList());
        }
        return Offsets.of(laggard == null ? gateway.report().getWatermarkList() : laggard.getAckedList());
    }

    private String state(Gateway gateway) {
        if (fleet.isSilent(gateway, logNowMs)) {
            return "silent for " + (logNowMs - gateway.heardMs()) / 1_000 + " s";
        }
        String stale = gateway.report().getStaleReason();
        return stale.isEmpty() ? "serves" : "stale: " + stale;
    }

    private String state(NodeReport node, boolean connected, @Nullable Gateway gateway, @Nullable Laggard laggard) {
        if (!connected || gateway == null) {
            return "left";
        }
        if (fleet.isSilent(gateway, logNowMs)) {
            return "unknown: its gateway is silent";
        }
        if (node.getGroup().isEmpty()) {
            return "no group selects it";
        }
        if (node.getRejectionsCount() > 0) {
            return "rejects";
        }
        return laggard == null ? "up to date" : "behind";
    }

    private @Nullable Laggard laggard(Gateway gateway, String node) {
        return gateway.report().getLaggardsList().stream()
                .filter(each -> each.getMesh().equals(mesh) && each.getNode().equals(node))
                .findFirst()
                .orElse(null);
    }

    private static String text(OptionalLong revision) {
        return revision.isPresent() ? Long.toString(revision.getAsLong()) : "";
    }
}
