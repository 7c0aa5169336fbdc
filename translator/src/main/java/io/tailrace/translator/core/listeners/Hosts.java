package io.tailrace.translator.core.listeners;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hosts as listeners and routes give them: exact ("shop.example.com"), with leading labels left open ("*.example.com",
 * which "example.com" isn't one of), or any ("*"). All are in small letters already.
 */
public final class Hosts {
    public static final String ANY = "*";

    /** The more specific first: exact ones, then the longer wildcards. */
    public static final Comparator<String> MOST_SPECIFIC_FIRST = Comparator.<String, Boolean>comparing(
                    Hosts::isWildcard)
            .thenComparing(Comparator.comparingInt(String::length).reversed())
            .thenComparing(Comparator.naturalOrder());

    private Hosts() {}

    public static String orAny(String host) {
        return host.isEmpty() ? ANY : host;
    }

    /** The hosts that both the listener and the route serve, sorted; none if they have none in common. */
    public static List<String> intersect(String listener, List<String> route) {
        Stream<String> hosts = route.isEmpty() ? Stream.of(ANY) : route.stream().map(Hosts::orAny);
        return hosts.flatMap(host -> intersect(listener, host).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether every host that the second stands for is one that the first stands for. */
    public static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow) || wide.equals(ANY)) {
            return true;
        }
        String suffix = wide.substring(1); // ".example.com"
        return isWildcard(wide) && narrow.endsWith(suffix) && narrow.length() > suffix.length();
    }

    private static Optional<String> intersect(String one, String other) {
        if (covers(one, other)) {
            return Optional.of(other);
        }
        return covers(other, one) ? Optional.of(one) : Optional.empty();
    }

    private static boolean isWildcard(String host) {
        return host.startsWith(ANY);
    }
}
