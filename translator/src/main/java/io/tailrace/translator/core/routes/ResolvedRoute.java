package io.tailrace.translator.core.routes;

import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.v1.HTTPBackendRef;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.backends.Backend;
import io.tailrace.translator.core.backends.Backends;
import io.tailrace.translator.core.backends.WeightedBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An HTTPRoute whose backends are looked up: what its entries on every port are made of. */
public record ResolvedRoute(Placed<HTTPRoute> route, List<ResolvedRule> rules) {

    public static ResolvedRoute of(Placed<HTTPRoute> route, Backends backends) {
        List<HTTPRouteRule> specs = route.value().getSpec().getRulesCount() == 0
                ? List.of(HTTPRouteRule.getDefaultInstance()) // matches all, and has no backend
                : route.value().getSpec().getRulesList();
        List<ResolvedRule> rules = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            rules.add(rule(route, i, specs.get(i), backends));
        }
        return new ResolvedRoute(route, List.copyOf(rules));
    }

    public List<String> hostnames() {
        return route.value().getSpec().getHostnamesList();
    }

    /** All that it sends to, whatever the rule. */
    public Stream<Backend> backends() {
        return rules.stream().flatMap(rule -> rule.backends().stream()).map(WeightedBackend::backend);
    }

    public List<Problem> problems() {
        return backends()
                .flatMap(backend ->
                        backend instanceof Backend.Missing missing ? Stream.of(missing.problem()) : Stream.empty())
                .toList();
    }

    /** Its matches on a port, in the order of its rules. */
    List<RouteEntry> entries(int listenerPort) {
        List<RouteEntry> entries = new ArrayList<>();
        for (int rule = 0; rule < rules.size(); rule++) {
            ResolvedRule resolved = rules.get(rule);
            for (int match = 0; match < resolved.matches().size(); match++) {
                RequestMatch request = RequestMatch.of(resolved.matches().get(match));
                RouteEntry.Place place = new RouteEntry.Place(this, rule, match);
                entries.add(new RouteEntry(place, request, resolved.routes(match, request, listenerPort)));
            }
        }
        return entries;
    }

    private static ResolvedRule rule(Placed<HTTPRoute> route, int index, HTTPRouteRule spec, Backends backends) {
        String name = route.key().namespace() + "/" + route.key().name() + "/"
                + (spec.getName().isEmpty() ? index : spec.getName());
        List<WeightedBackend> resolved = new ArrayList<>();
        for (int i = 0; i < spec.getBackendRefsCount(); i++) {
            HTTPBackendRef ref = spec.getBackendRefs(i);
            String field = "spec.rules[" + index + "].backendRefs[" + i + "]";
            resolved.add(new WeightedBackend(
                    backends.find(route, field, ref), ref.hasPort(), ref.hasWeight() ? ref.getWeight() : 1));
        }
        return new ResolvedRule(name, spec, List.copyOf(resolved));
    }
}
