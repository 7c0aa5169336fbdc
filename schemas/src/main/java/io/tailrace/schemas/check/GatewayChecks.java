package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.GatewaySpec;
import io.tailrace.schemas.v1.Listener;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The rules of gateway.proto. Whether two listeners can share a port is the translator's to say (Conflicted). */
final class GatewayChecks {
    private static final int MAX_LISTENERS = 64;

    private GatewayChecks() {}

    static void check(GatewaySpec spec, Report report) {
        if (!spec.getGatewayClassName().isEmpty()) {
            report.text("spec.gatewayClassName", spec.getGatewayClassName(), "either groups or gatewayClassName");
        }
        groups(spec.getGroupsList(), report);
        Rules.count("spec.listeners", spec.getListenersCount(), 1, MAX_LISTENERS, report);
        for (int i = 0; i < spec.getListenersCount(); i++) {
            listener("spec.listeners[" + i + "]", spec.getListeners(i), report);
        }
        Rules.unique(
                "spec.listeners",
                ".name",
                spec.getListenersList().stream().map(Listener::getName).toList(),
                UnaryOperator.identity(),
                report);
    }

    static void groups(List<String> groups, Report report) {
        Rules.count("spec.groups", groups.size(), 1, Integer.MAX_VALUE, report);
        for (int i = 0; i < groups.size(); i++) {
            Rules.name("spec.groups[" + i + "]", groups.get(i), report);
        }
        Rules.unique("spec.groups", "", groups, UnaryOperator.identity(), report);
    }

    private static void listener(String field, Listener listener, Report report) {
        Rules.dnsLabel(field + ".name", listener.getName(), report);
        if (!listener.getAddress().isEmpty()) {
            address(field + ".address", listener.getAddress(), report);
        }
        Rules.port(field + ".port", listener.getPort(), report);
        if (listener.getProtocol() == Listener.Protocol.PROTOCOL_UNSPECIFIED) {
            report.add(field + ".protocol", "nothing", "HTTP or TCP");
        }
        if (!listener.getHostname().isEmpty()) {
            Rules.hostname(field + ".hostname", listener.getHostname(), true, report);
            if (listener.getProtocol() == Listener.Protocol.TCP) {
                report.text(field + ".hostname", listener.getHostname(), "nothing: TCP carries no host");
            }
        }
    }

    // Other spellings of one address would be two Envoy listeners on it, of which Envoy rejects the second.
    private static void address(String field, String address, Report report) {
        Optional<String> canonical = Addresses.canonical(address);
        if (canonical.isEmpty()) {
            report.text(field, address, "an IPv4 or IPv6 address");
        } else if (!canonical.get().equals(address)) {
            report.text(field, address, "the address in its short form, \"" + canonical.get() + "\" (RFC 5952)");
        }
    }
}
