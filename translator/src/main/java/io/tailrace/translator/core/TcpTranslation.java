package io.tailrace.translator.core;

import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.v1.BackendRef;
import io.tailrace.schemas.v1.TCPRoute;
import io.tailrace.schemas.v1.TCPRouteRule;
import io.tailrace.translator.core.backends.Backend;
import io.tailrace.translator.core.backends.Backends;
import io.tailrace.translator.core.backends.WeightedBackend;
import io.tailrace.translator.core.listeners.Attachments;
import io.tailrace.translator.core.listeners.EnvoyListeners;
import io.tailrace.translator.core.listeners.GatewayListener;
import io.tailrace.translator.core.status.Statuses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The TCP half of a group: one listener for each port that a route has. A port without one isn't opened. */
final class TcpTranslation {
    private final List<RouteReport> reports = new ArrayList<>();
    private final Map<GatewayListener, Resolved> owners = new LinkedHashMap<>();

    private record Resolved(Placed<TCPRoute> route, List<WeightedBackend> backends) {
        List<Problem> problems() {
            return backends.stream()
                    .flatMap(weighted -> weighted.backend() instanceof Backend.Missing missing
                            ? Stream.of(missing.problem())
                            : Stream.empty())
                    .toList();
        }

        /** Envoy's TCP proxy takes no weight of 0. */
        List<WeightedBackend> inUse() {
            return backends.stream().filter(backend -> backend.weight() > 0).toList();
        }
    }

    /** Looks up where the routes attach and what they send to; the first on a listener has it. */
    TcpTranslation(GroupInputs inputs, Attachments attachments, Backends backends) {
        for (Placed<TCPRoute> route : inputs.all(Kind.TCP_ROUTE, TCPRoute.class)) {
            Resolved resolved = new Resolved(route, resolve(route, backends));
            RouteReport report = new RouteReport(
                    route, route.value().getSpec().getParentRefsList(), attachments.ofTcp(route), resolved.problems());
            reports.add(report);
            report.listeners().forEach(listener -> claim(listener, resolved, report));
        }
    }

    void port(GatewayListener listener, GroupOutput output) {
        Resolved owner = owners.get(listener);
        if (owner == null || owner.inUse().isEmpty()) {
            return;
        }
        output.add(EnvoyListeners.tcp(output.group(), listener, owner.route, owner.inUse()));
        owner.inUse().forEach(weighted -> output.use(weighted.backend()));
    }

    void report(GroupOutput output) {
        reports.forEach(report -> output.say(report.key(), report.status()));
    }

    private void claim(GatewayListener listener, Resolved route, RouteReport report) {
        Resolved owner = owners.putIfAbsent(listener, route);
        if (owner != null) {
            report.lost(
                    listener,
                    Statuses.problem(
                            route.route,
                            "spec.parentRefs",
                            listener.title() + ", which " + owner.route.title() + " has",
                            "a TCP listener that no other route has"));
        }
    }

    private static List<WeightedBackend> resolve(Placed<TCPRoute> route, Backends backends) {
        List<WeightedBackend> resolved = new ArrayList<>();
        List<TCPRouteRule> rules = route.value().getSpec().getRulesList();
        for (int rule = 0; rule < rules.size(); rule++) {
            List<BackendRef> refs = rules.get(rule).getBackendRefsList();
            for (int i = 0; i < refs.size(); i++) {
                BackendRef ref = refs.get(i);
                String field = "spec.rules[" + rule + "].backendRefs[" + i + "]";
                resolved.add(new WeightedBackend(
                        backends.find(route, field, ref), ref.hasPort(), ref.hasWeight() ? ref.getWeight() : 1));
            }
        }
        return List.copyOf(resolved);
    }
}
