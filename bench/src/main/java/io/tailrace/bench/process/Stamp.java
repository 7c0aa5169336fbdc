package io.tailrace.bench.process;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * When something happened to an edition of a name.
 *
 * @param micros since 1970
 */
public record Stamp(int name, int edition, long micros) {
    /** Without the time. */
    public record Subject(int name, int edition) {}

    public Subject subject() {
        return new Subject(name, edition);
    }

    /** As one line between processes. */
    public static String line(List<Stamp> stamps) {
        return stamps.stream()
                .map(stamp -> stamp.name + ":" + stamp.edition + ":" + stamp.micros)
                .collect(Collectors.joining(" "));
    }

    /** Reads what {@link #line} gives. */
    public static List<Stamp> parse(String line) {
        return Arrays.stream(line.split(" ", -1))
                .filter(text -> !text.isEmpty())
                .map(text -> text.split(":", -1))
                .map(parts ->
                        new Stamp(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2])))
                .toList();
    }
}
