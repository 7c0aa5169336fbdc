package io.tailrace.bench.workload;

import io.tailrace.gateway.stream.Variant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one cell serves and asks for, all of load assignments.
 *
 * @param connections the streams are spread over them evenly
 */
public record Workload(Variant variant, int streams, int connections, Content content, Asking asking) {
    public Workload {
        if (streams < 0 || connections < 1 || asking.names() < 1 || asking.names() > content.names()) {
            throw new IllegalArgumentException("no workload: " + streams + " streams of " + asking.names() + " of "
                    + content.names() + " names over " + connections + " connections");
        }
    }

    /** How many names there are. */
    public int names() {
        return content.names();
    }

    public boolean delta() {
        return variant == Variant.DELTA;
    }

    /** The names that a stream asks for, ascending. */
    public int[] namesOf(int stream) {
        return asking.of(stream, content.names());
    }

    /** How many streams ask for a name that changes. */
    public int subscribers() {
        return asking.spread() ? (int) ((long) streams * asking.names() / content.names()) : streams;
    }

    /** As arguments of a process; {@link #parse} reads them. */
    public List<String> arguments() {
        return Stream.<Object>of(
                        variant.name(),
                        streams,
                        connections,
                        content.names(),
                        content.hot(),
                        content.bytes(),
                        asking.names(),
                        asking.spread())
                .map(Object::toString)
                .toList();
    }

    public static Workload parse(List<String> arguments) {
        List<Integer> numbers =
                arguments.subList(1, 7).stream().map(Integer::valueOf).toList();
        return new Workload(
                Variant.valueOf(arguments.getFirst()),
                numbers.get(0),
                numbers.get(1),
                new Content(numbers.get(2), numbers.get(3), numbers.get(4)),
                new Asking(numbers.get(5), Boolean.parseBoolean(arguments.get(7))));
    }
}
