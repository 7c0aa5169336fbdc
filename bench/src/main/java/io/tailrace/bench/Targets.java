package io.tailrace.bench;

import io.tailrace.bench.server.ServerKind;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
        targets.ofFloor(Scenario.A1, 2.2);
        targets.lessThan(Scenario.A1, ServerKind.CONTROL_PLANE, 3);
        targets.lessThan(Scenario.A2, ServerKind.CACHING_CONTROL_PLANE, 3);
        targets.ofFewerNames(Scenario.A2, Scenario.A1, 1.2);
        targets.lessThan(Scenario.A3, ServerKind.CACHING_CONTROL_PLANE, 10);
        targets.flat(Scenario.C, 1.3);
        targets.memory(Scenario.E, 12_288, 8);
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

    private void ofFloor(Scenario scenario, double limit) {
        find(scenario, ServerKind.GATEWAY)
                .ifPresent(gateway -> floorOf(gateway, all)
                        .ifPresent(floor ->
                                atMost(scenario, "CPU a push, of raw Netty's", gateway.cpuMicros() / floor, limit)));
    }

    private void lessThan(Scenario scenario, ServerKind peer, double limit) {
        Optional<Summary> gateway = find(scenario, ServerKind.GATEWAY);
        Optional<Summary> other = find(scenario, peer);
        if (gateway.isPresent() && other.isPresent()) {
            double ratio = other.get().cpuMicros() / gateway.get().cpuMicros();
            say(
                    scenario,
                    "CPU a push less than that of " + peer.title(),
                    times(ratio),
                    "at least",
                    limit,
                    ratio >= limit);
        }
    }

    /** Both push the same bytes. */
    private void ofFewerNames(Scenario many, Scenario few, double limit) {
        Optional<Summary> one = find(many, ServerKind.GATEWAY);
        Optional<Summary> two = find(few, ServerKind.GATEWAY);
        if (one.isPresent()
                && two.isPresent()
                && one.get().cell().workload().streams()
                        == two.get().cell().workload().streams()) {
            atMost(
                    many,
                    "CPU a push, of " + few.id() + "'s",
                    one.get().cpuMicros() / two.get().cpuMicros(),
                    limit);
        }
    }

    private void flat(Scenario scenario, double limit) {
        DoubleSummaryStatistics cpu = all.stream()
                .filter(summary -> summary.cell().scenario() == scenario)
                .filter(summary -> summary.cell().server() == ServerKind.GATEWAY)
                .mapToDouble(Summary::cpuMicros)
                .summaryStatistics();
        if (cpu.getCount() > 1) {
            atMost(scenario, "CPU a push, most of least", cpu.getMax() / cpu.getMin(), limit);
        }
    }

    /** Heap that grows with streams of one name, and with streams of many names. */
    private void memory(Scenario scenario, double ofStream, double ofName) {
        SortedMap<Integer, List<Summary>> byNames = new TreeMap<>(all.stream()
                .filter(summary -> summary.cell().scenario() == scenario)
                .collect(Collectors.groupingBy(
                        summary -> summary.cell().workload().names())));
        if (byNames.size() == 2 && byNames.values().stream().allMatch(two -> two.size() == 2)) {
            double stream = bytesOfAStream(byNames.firstEntry().getValue());
            double names = bytesOfAStream(byNames.lastEntry().getValue()) - stream;
            double name = names / (byNames.lastKey() - byNames.firstKey());
            say(
                    scenario,
                    "bytes of heap for a stream",
                    "%,.0f".formatted(stream),
                    "at most",
                    ofStream,
                    stream <= ofStream);
            say(scenario, "and for each name of it", "%.1f".formatted(name), "at most", ofName, name <= ofName);
        }
    }

    private static double bytesOfAStream(List<Summary> two) {
        return (two.getLast().heapBytes() - two.getFirst().heapBytes())
                / (two.getLast().cell().workload().streams()
                        - two.getFirst().cell().workload().streams());
    }

    private Optional<Summary> find(Scenario scenario, ServerKind server) {
        return all.stream()
                .filter(summary ->
                        summary.cell().scenario() == scenario && summary.cell().server() == server)
                .findFirst();
    }

    private void atMost(Scenario scenario, String text, double ratio, double limit) {
        say(scenario, text, times(ratio), "at most", limit, ratio <= limit);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f times", ratio);
    }

    private void say(Scenario scenario, String text, String found, String bound, double limit, boolean met) {
        verdicts.add(String.format(
                Locale.ROOT,
                "%s %s: %s: %s, wanted %s %s",
                met ? "met   " : "missed",
                scenario.id(),
                text,
                found,
                bound,
                new DecimalFormat("#,##0.#", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(limit)));
    }
}
