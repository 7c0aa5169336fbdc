package io.tailrace.cli.envoy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address as people write it: {@code host:port}, with an IPv6 address in brackets. */
public record HostAndPort(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([^:\\[\\]]+)):([0-9]{1,5})");

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|.*:.*");

    public HostAndPort {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: found " + port + ", expected 1 to 65535");
        }
    }

    /** Throws IllegalArgumentException that says what was found and what was expected. */
    public static HostAndPort parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("address: found \"" + text + "\", expected HOST:PORT");
        }
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return new HostAndPort(host, Integer.parseInt(matcher.group(3)));
    }

    /** An IP address rather than a name that must be looked up. */
    boolean isNumeric() {
        return NUMERIC.matcher(host).matches();
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
