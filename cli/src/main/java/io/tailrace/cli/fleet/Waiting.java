package io.tailrace.cli.fleet;

import io.tailrace.cli.fleet.Fleet.Gateway;
import io.tailrace.cli.fleet.Fleet.Seat;
import io.tailrace.schemas.log.v1.Laggard;
import io.tailrace.schemas.log.v1.NodeReport;
import io.tailrace.schemas.log.v1.Rejection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges by what gateways report who has acked a target. What it has seen before it keeps in mind, to name the nodes that
 * left without an ack. For one thread; time is a parameter.
 *
 * <p>A gateway counts once it has reported since the wait began, so that every node that was connected then is known, and
 * no more once it has been silent for {@link Fleet#SILENT_MS}.
 */
final class Waiting {
    private final Target target;
    /** Nodes that were seen connected, and whether they had acked the target then. */
    private final SortedMap<String, Boolean> seen = new TreeMap<>();

    Waiting(Target target) {
        this.target = target;
    }

    /**
     * How it stands.
     *
     * @param acked nodes that have acked
     * @param behind nodes that have not, and gateways of which it isn't known; done if there are none
     * @param left nodes that were connected, and left without an ack
     */
    record Standing(SortedSet<String> acked, List<Behind> behind, List<String> left) {
        boolean isDone() {
            return behind.isEmpty();
        }

        boolean isRejected() {
            return behind.stream().anyMatch(each -> !each.rejections().isEmpty());
        }
    }

    /**
     * Who has not acked, and why.
     *
     * @param node empty: some of the gateway's nodes, or none
     * @param rejections what it rejects, in the client's words
     */
    record Behind(String gateway, String node, String reason, List<Rejection> rejections) {
        String text() {
            String at = node.isEmpty() || gateway.isEmpty() ? "" : " at gateway " + gateway;
            return name() + at + ": " + reason;
        }

        String name() {
            return node.isEmpty() ? (gateway.isEmpty() ? "any gateway" : "gateway " + gateway) : node;
        }
    }

    Standing look(Fleet fleet, long logNowMs) {
        SortedSet<String> acked = new TreeSet<>();
        List<Behind> behind = new ArrayList<>();
        Set<String> connected = new HashSet<>();
        boolean anyGateway = false;
        for (Map.Entry<String, Gateway> each : fleet.gateways().entrySet()) {
            if (!fleet.isSilent(each.getValue(), logNowMs)) {
                anyGateway = true;
                look(fleet, each.getKey(), each.getValue(), acked, behind, connected);
            }
        }
        if (!anyGateway) {
            behind.add(new Behind("", "", "none reports; is one running?", List.of()));
        }
        behind.forEach(each -> acked.remove(each.node())); // at another gateway it has
        return new Standing(acked, behind, left(fleet, connected));
    }

    private void look(
            Fleet fleet,
            String name,
            Gateway gateway,
            SortedSet<String> acked,
            List<Behind> behind,
            Set<String> connected) {
        Map<String, Laggard> late = laggards(gateway);
        boolean passed = Offsets.of(gateway.report().getWatermarkList()).reach(target.offsets());
        Map<String, NodeReport> nodes = nodes(fleet, name);
        nodes.keySet().forEach(node -> {
            connected.add(node);
            boolean counted = fleet.isCounted(new Seat(name, node), gateway);
            boolean has = passed && counted && !late.containsKey(node);
            seen.put(node, has);
            if (has) {
                acked.add(node);
            } else if (!counted && !late.containsKey(node)) {
                behind.add(new Behind(name, node, "its gateway has yet to say how far it is", List.of()));
            }
        });
        late.forEach((node, laggard) -> {
            connected.add(node);
            seen.put(node, false);
            behind.add(behind(name, node, nodes.getOrDefault(node, NodeReport.getDefaultInstance()), laggard));
        });
        if (!passed) {
            boolean read = Offsets.of(gateway.report().getViewList()).reach(target.offsets());
            behind.add(new Behind(
                    name, "", read ? "some of its nodes may not have acked it yet" : notRead(gateway), List.of()));
        } else if (!gateway.heardNow()) {
            behind.add(new Behind(name, "", "it has not reported since", List.of()));
        }
    }

    private static String notRead(Gateway gateway) {
        String stale = gateway.report().getStaleReason();
        return "it has not read so far" + (stale.isEmpty() ? "" : ": " + stale);
    }

    private static Behind behind(String gateway, String node, NodeReport report, Laggard laggard) {
        String reason = !report.getRejectionsList().isEmpty()
                ? "it rejects " + report.getRejectionsCount() + " of its types"
                : laggard.getAckedCount() == 0 ? "it has connected, and has not acked everything yet" : "it is behind";
        return new Behind(gateway, node, reason, report.getRejectionsList());
    }

    /** Those that have not acked the target, by node. */
    private Map<String, Laggard> laggards(Gateway gateway) {
        Map<String, Laggard> late = new TreeMap<>();
        for (Laggard laggard : gateway.report().getLaggardsList()) {
            if (target.concerns(laggard) && !Offsets.of(laggard.getAckedList()).reach(target.offsets())) {
                late.put(laggard.getNode(), laggard);
            }
        }
        return late;
    }

    /** Connected at this gateway, and concerned. */
    private Map<String, NodeReport> nodes(Fleet fleet, String gateway) {
        Map<String, NodeReport> nodes = new TreeMap<>();
        fleet.nodes().forEach((seat, node) -> {
            if (seat.gateway().equals(gateway) && target.concerns(node) && fleet.isConnected(seat, node)) {
                nodes.put(seat.node(), node);
            }
        });
        return nodes;
    }

    private List<String> left(Fleet fleet, Set<String> connected) {
        List<String> left = new ArrayList<>();
        seen.forEach((node, had) -> {
            if (!connected.contains(node) && !had && !ackedAtItsEnd(fleet, node)) {
                left.add(node);
            }
        });
        return left;
    }

    private boolean ackedAtItsEnd(Fleet fleet, String name) {
        for (Map.Entry<Seat, NodeReport> each : fleet.nodes().entrySet()) {
            NodeReport node = each.getValue();
            if (each.getKey().node().equals(name)
                    && node.getMesh().equals(target.mesh())
                    && !node.getConnected()
                    && Offsets.of(node.getAckedList()).reach(target.offsets())) {
                return true;
            }
        }
        return false;
    }
}
