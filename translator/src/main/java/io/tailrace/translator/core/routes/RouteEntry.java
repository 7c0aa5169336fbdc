package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.backends.Backend;
import io.tailrace.translator.core.backends.WeightedBackend;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** One match of one rule, as Envoy gets it on one port: one route, or two in a row. */
record RouteEntry(Place place, RequestMatch match, List<Route> envoy) {
    /** Envoy takes the first that fits, so this is Gateway API's precedence; ties go by name, then by the order of rules. */
    static final Comparator<RouteEntry> PRECEDENCE = Comparator.comparing(RouteEntry::match, RequestMatch.PRECEDENCE)
            .thenComparing(RouteEntry::route, Placed.PRECEDENCE)
            .thenComparingInt(entry -> entry.place.rule)
            .thenComparingInt(entry -> entry.place.match);

    /** Where it was written. */
    record Place(ResolvedRoute route, int rule, int match) {
        String field() {
            return "spec.rules[" + rule + "].matches[" + match + "]";
        }
    }

    Placed<HTTPRoute> route() {
        return place.route.route();
    }

    /** What its bytes depend on: a redirect, say, on no backend. */
    Stream<Backend> backends() {
        return envoy.getFirst().hasRoute()
                ? place.route.rules().get(place.rule).backends().stream().map(WeightedBackend::backend)
                : Stream.empty();
    }
}
