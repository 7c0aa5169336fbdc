package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.TCPRoute;
import io.tailrace.schemas.v1.TCPRouteRule;
import io.tailrace.schemas.v1.TCPRouteSpec;

/** The rules of tcp_route.proto. */
final class TcpRouteChecks {
    private TcpRouteChecks() {}

    static void check(TCPRoute route, Report report) {
        TCPRouteSpec spec = route.getSpec();
        ReferenceChecks.parents(spec.getParentRefsList(), route.getMetadata().getNamespace(), report);
        Rules.count("spec.rules", spec.getRulesCount(), 1, 1, report);
        for (int i = 0; i < spec.getRulesCount(); i++) {
            TCPRouteRule rule = spec.getRules(i);
            String field = "spec.rules[" + i + "]";
            if (!rule.getName().isEmpty()) {
                Rules.name(field + ".name", rule.getName(), report);
            }
            Rules.count(field + ".backendRefs", rule.getBackendRefsCount(), 1, Integer.MAX_VALUE, report);
            ReferenceChecks.backends(field + ".backendRefs", rule.getBackendRefsList(), report);
        }
    }
}
