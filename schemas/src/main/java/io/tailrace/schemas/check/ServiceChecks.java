package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The rules of service.proto. */
final class ServiceChecks {
    private static final int MAX_PORTS = 64;

    private ServiceChecks() {}

    static void check(ServiceSpec spec, Report report) {
        Rules.count("spec.ports", spec.getPortsCount(), 1, MAX_PORTS, report);
        for (int i = 0; i < spec.getPortsCount(); i++) {
            ServicePort port = spec.getPorts(i);
            String field = "spec.ports[" + i + "]";
            if (!port.getName().isEmpty()) {
                Rules.dnsLabel(field + ".name", port.getName(), report);
            } else if (spec.getPortsCount() > 1) {
                report.add(field + ".name", "nothing", "a name, since there are several ports");
            }
            Rules.port(field + ".port", port.getPort(), report);
        }
        List<String> names =
                spec.getPortsList().stream().map(ServicePort::getName).toList();
        Rules.unique("spec.ports", ".name", names, UnaryOperator.identity(), report);
        List<String> numbers = spec.getPortsList().stream()
                .map(port -> Integer.toUnsignedString(port.getPort()))
                .toList();
        Rules.unique("spec.ports", ".port", numbers, UnaryOperator.identity(), report);
        if (!spec.getConnectTimeout().isEmpty()) {
            Rules.duration("spec.connectTimeout", spec.getConnectTimeout(), Duration.ofMillis(1), report);
        }
    }
}
