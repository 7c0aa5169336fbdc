package io.tailrace.bench;

import io.tailrace.bench.server.ServerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the gateway must reach beside the others, as far as the run has the cells for it. */
final class Targets {
    private final List<Summary> all;
    private final List<String> verdicts = new ArrayList<>();

    private Targets(List<Summary> all) {
        this.all = all;
    }

    /** A line each. */
    static List<String> verdicts(List<Summary> all) {
        Targets targets = new Targets(all);
        targets.atMost(
                "a1: CPU a push, of raw Netty's", Scenario.A1, ServerKind.GATEWAY, Scenario.A1, ServerKind.FLOOR, 2.2);
        targets.timesLess("a1: CPU a push less than java-control-plane's", Scenario.A1, ServerKind.CONTROL_PLANE, 3);
        return targets.verdicts;
    }

    /** CPU a push of raw Netty under the same workload in the same scenario. */
    static OptionalDouble floorOf(Summary summary, List<Summary> all) {
        return all.stream()
                .filter(other -> other.cell().server() == ServerKind.FLOOR)
                .filter(other -> other.cell().scenario() == summary.cell().scenario())
                .filter(other -> other.cell().workload().equals(summary.cell().workload()))
                .mapToDouble(Summary::cpuMicros)
                .findFirst();
    }

    private void atMost(
            String text, Scenario scenario, ServerKind server, Scenario other, ServerKind otherServer, double limit) {
        Optional<Summary> one = find(scenario, server);
        Optional<Summary> two = find(other, otherServer);
        if (one.isPresent() && two.isPresent()) {
            double ratio = one.get().cpuMicros() / two.get().cpuMicros();
            say(text, ratio, "at most", limit, ratio <= limit);
        }
    }

    private void timesLess(String text, Scenario scenario, ServerKind peer, double limit) {
        Optional<Summary> gateway = find(scenario, ServerKind.GATEWAY);
        Optional<Summary> other = find(scenario, peer);
        if (gateway.isPresent() && other.isPresent()) {
            double ratio = other.get().cpuMicros() / gateway.get().cpuMicros();
            say(text, ratio, "at least", limit, ratio >= limit);
        }
    }

    private Optional<Summary> find(Scenario scenario, ServerKind server) {
        return all.stream()
                .filter(summary ->
                        summary.cell().scenario() == scenario && summary.cell().server() == server)
                .findFirst();
    }

    private void say(String text, double ratio, String bound, double limit, boolean met) {
        verdicts.add(String.format(
                Locale.ROOT,
                "%s %s: %.2f times, wanted %s %.1f",
                met ? "met   " : "missed",
                text,
                ratio,
                bound,
                limit));
    }
}
