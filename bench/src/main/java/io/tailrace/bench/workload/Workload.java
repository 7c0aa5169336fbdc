package io.tailrace.bench.workload;

import io.tailrace.gateway.stream.Variant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one cell serves and asks for, all of load assignments: every stream asks for the same names, by name.
 *
 * @param connections the streams are spread over them evenly
 * @param names that each stream asks for; the first {@link #hot()} of them change, the others are small and never do
 */
public record Workload(Variant variant, int streams, int connections, int names) {
    private static final int HOT = 10;
    private static final int HOT_BYTES = 10_000;
    private static final int COLD_BYTES = 100;

    public Workload {
        if (streams < 0 || connections < 1 || names < 1) {
            throw new IllegalArgumentException(
                    "no workload: " + streams + " streams of " + names + " names over " + connections + " connections");
        }
    }

    /** How many names change, in turn. */
    public int hot() {
        return Math.min(names, HOT);
    }

    int bytes(int name) {
        return name < hot() ? HOT_BYTES : COLD_BYTES;
    }

    public boolean delta() {
        return variant == Variant.DELTA;
    }

    /** As arguments of a process; {@link #parse} reads them. */
    public List<String> arguments() {
        List<String> all = new ArrayList<>();
        all.add(variant.name());
        all.add(Integer.toString(streams));
        all.add(Integer.toString(connections));
        all.add(Integer.toString(names));
        return all;
    }

    public static Workload parse(List<String> arguments) {
        return new Workload(
                Variant.valueOf(arguments.get(0)),
                Integer.parseInt(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                Integer.parseInt(arguments.get(3)));
    }
}
