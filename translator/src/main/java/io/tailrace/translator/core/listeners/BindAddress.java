package io.tailrace.translator.core.listeners;

import io.tailrace.schemas.v1.Listener;
import java.util.Comparator;

/**
 * Where an Envoy listener binds. The names that are made of it are contracts: a listener that changes its name drains.
 *
 * @param ip in its one short form (RFC 5952)
 */
public record BindAddress(String ip, int port) implements Comparable<BindAddress> {
    private static final String ANY = "0.0.0.0";
    private static final Comparator<BindAddress> ORDER =
            Comparator.comparing(BindAddress::ip).thenComparingInt(BindAddress::port);

    public static BindAddress of(Listener listener) {
        return new BindAddress(listener.getAddress().isEmpty() ? ANY : listener.getAddress(), listener.getPort());
    }

    /** "0.0.0.0_8080". */
    public String listenerName() {
        return ip + "_" + port;
    }

    /** "8080"; on an address of its own a port has routes of its own: "10.0.0.1_8080". */
    public String routeConfigurationName() {
        return ip.equals(ANY) ? String.valueOf(port) : listenerName();
    }

    /** The same without what splits a statistic's name: "8080", "10_0_0_1_8080". */
    public String statPrefix() {
        return routeConfigurationName().replaceAll("[.:]", "_");
    }

    @Override
    public int compareTo(BindAddress other) {
        return ORDER.compare(this, other);
    }
}
