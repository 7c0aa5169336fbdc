package io.tailrace.bench;

import io.tailrace.bench.figure.Figure;
import io.tailrace.bench.figure.Figure.Bound;
import io.tailrace.bench.figure.Figure.Side;
import io.tailrace.bench.server.ServerKind;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What the gateway must reach beside the others, as far as the run has the cells for it. */
final class Targets {
    private final List<Summary> all;
    private final List<String> verdicts = new ArrayList<>();

    private Targets(List<Summary> all) {
        this.all = all;
    }

    /** A line each. */
    static List<String> verdicts(List<Summary> all, List<FigureSummary> figures) {
        Targets targets = new Targets(all);
        targets.ofFloor(Scenario.A1, 2.2);
        targets.lessThan(Scenario.A1, ServerKind.CONTROL_PLANE, 3);
        targets.lessThan(Scenario.A2, ServerKind.CACHING_CONTROL_PLANE, 3);
        targets.ofFewerNames(Scenario.A2, Scenario.A1, 1.2);
        targets.lessThan(Scenario.A3, ServerKind.CACHING_CONTROL_PLANE, 10);
        targets.flat(Scenario.C, 1.3);
        targets.growth(Scenario.G1, 1.3);
        targets.growth(Scenario.G2, 1.3);
        targets.growth(Scenario.G3, 1.3);
        targets.memory(Scenario.E, 12_288, 8);
        figures.forEach(targets::figure);
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
                .ifPresent(gateway -> floorOf(gateway, all).ifPresent(floor -> {
                    double ratio = gateway.cpuMicros() / floor;
                    atMost(scenario, "CPU a push, of raw Netty's", times(ratio), ratio, limit);
                }));
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
                    ratio,
                    new Bound(Side.AT_LEAST, limit));
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
            double ratio = one.get().cpuMicros() / two.get().cpuMicros();
            atMost(many, "CPU a push, of " + few.id() + "'s", times(ratio), ratio, limit);
        }
    }

    private void flat(Scenario scenario, double limit) {
        DoubleSummaryStatistics cpu = gateways(scenario).summaryStatistics();
        if (cpu.getCount() > 1) {
            double ratio = cpu.getMax() / cpu.getMin();
            atMost(scenario, "CPU a push, most of least", times(ratio), ratio, limit);
        }
    }

    /** The cells of the scenario grow. */
    private void growth(Scenario scenario, double limit) {
        double[] cpu = gateways(scenario).toArray();
        if (cpu.length > 1) {
            double ratio = cpu[cpu.length - 1] / cpu[0];
            atMost(scenario, "CPU a push, the largest of the smallest", times(ratio), ratio, limit);
        }
    }

    private DoubleStream gateways(Scenario scenario) {
        return all.stream()
                .filter(summary -> summary.cell().scenario() == scenario)
                .filter(summary -> summary.cell().server() == ServerKind.GATEWAY)
                .mapToDouble(Summary::cpuMicros);
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
            atMost(scenario, "bytes of heap for a stream", "%,.0f".formatted(stream), stream, ofStream);
            atMost(scenario, "and for each name of it", "%.1f".formatted(name), name, ofName);
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

    private void figure(FigureSummary figure) {
        Bound wanted = figure.wanted();
        if (wanted != null) {
            say(figure.scenario(), figure.what(), Figure.number(figure.value()), figure.value(), wanted);
        }
    }

    private void atMost(Scenario scenario, String text, String found, double value, double limit) {
        say(scenario, text, found, value, new Bound(Side.AT_MOST, limit));
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f times", ratio);
    }

    private void say(Scenario scenario, String text, String found, double value, Bound bound) {
        verdicts.add("%s %s: %s: %s, wanted %s"
                .formatted(bound.holds(value) ? "met   " : "missed", scenario.id(), text, found, bound.text()));
    }
}
