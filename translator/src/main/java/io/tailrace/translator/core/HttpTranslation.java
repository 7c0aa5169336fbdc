package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.translator.core.backends.Backends;
import io.tailrace.translator.core.listeners.Attachments;
import io.tailrace.translator.core.listeners.BindAddress;
import io.tailrace.translator.core.listeners.EnvoyListeners;
import io.tailrace.translator.core.listeners.GatewayListener;
import io.tailrace.translator.core.routes.ResolvedRoute;
import io.tailrace.translator.core.routes.RouteTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The HTTP half of a group: one listener and one route configuration for each port. */
final class HttpTranslation {
    private final Map<ConfigKey, RouteReport> reports = new LinkedHashMap<>();
    private final Map<GatewayListener, List<ResolvedRoute>> attached = new LinkedHashMap<>();

    /** Looks up where the routes attach and what they send to. */
    HttpTranslation(GroupInputs inputs, Attachments attachments, Backends backends) {
        for (Placed<HTTPRoute> route : inputs.all(Kind.HTTP_ROUTE, HTTPRoute.class)) {
            ResolvedRoute resolved = ResolvedRoute.of(route, backends);
            RouteReport report = new RouteReport(
                    route, route.value().getSpec().getParentRefsList(), attachments.ofHttp(route), resolved.problems());
            reports.put(route.key(), report);
            report.listeners()
                    .forEach(listener -> attached.computeIfAbsent(listener, any -> new ArrayList<>())
                            .add(resolved));
        }
    }

    void port(BindAddress address, List<GatewayListener> listeners, GroupOutput output) {
        output.add(EnvoyListeners.http(output.group(), address, listeners));
        Map<GatewayListener, List<ResolvedRoute>> routes = new LinkedHashMap<>();
        listeners.forEach(listener -> routes.put(listener, attached.getOrDefault(listener, List.of())));
        RouteTable table = RouteTable.of(address, routes);
        output.add(table.resource(output.group()));
        table.backends().forEach(output::use);
        table.conflicts()
                .forEach(conflict -> Objects.requireNonNull(reports.get(conflict.loser()))
                        .matchConflict(conflict.listener(), conflict.problem()));
    }

    void report(GroupOutput output) {
        reports.forEach((route, report) -> output.say(route, report.status()));
    }
}
