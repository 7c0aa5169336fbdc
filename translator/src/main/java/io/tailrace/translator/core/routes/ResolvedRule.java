package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import io.tailrace.schemas.v1.HTTPRouteMatch;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.translator.core.backends.WeightedBackend;
import java.util.List;
import java.util.function.Function;

/**
 * A rule whose backends are looked up.
 *
 * @param name names its routes in logs: "namespace/route/rule", the rule's own name or its number
 * @param backends in the order of its backendRefs
 */
record ResolvedRule(String name, HTTPRouteRule spec, List<WeightedBackend> backends) {

    RuleFilters filters() {
        return new RuleFilters(spec.getFiltersList());
    }

    /** One backend without filters of its own: no weights are needed. */
    boolean isPlain() {
        return backends.size() == 1 && spec.getBackendRefs(0).getFiltersCount() == 0;
    }

    /**
     * Of one backend. Envoy changes headers for the backend first and for the route then, and Gateway API the other way
     * round; so where backends have filters of their own, the rule's come before them here, and not on the route.
     */
    HeaderChanges requestHeadersOfBackend(int index) {
        return ofBackend(index, RuleFilters::request);
    }

    HeaderChanges responseHeadersOfBackend(int index) {
        return ofBackend(index, RuleFilters::response);
    }

    private HeaderChanges requestHeaders() {
        return backendsFilter() ? HeaderChanges.NONE : filters().request();
    }

    private HeaderChanges responseHeaders() {
        return backendsFilter() ? HeaderChanges.NONE : filters().response();
    }

    private HeaderChanges ofBackend(int index, Function<RuleFilters, HeaderChanges> changes) {
        RuleFilters own = new RuleFilters(spec.getBackendRefs(index).getFiltersList());
        return backendsFilter() ? changes.apply(filters()).then(changes.apply(own)) : HeaderChanges.NONE;
    }

    private boolean backendsFilter() {
        return spec.getBackendRefsList().stream().anyMatch(backend -> backend.getFiltersCount() > 0);
    }

    List<HTTPRouteMatch> matches() {
        return spec.getMatchesCount() == 0 ? List.of(HTTPRouteMatch.getDefaultInstance()) : spec.getMatchesList();
    }

    /** One route, or two that are one to the user. */
    List<Route> routes(int match, RequestMatch request, int listenerPort) {
        Route route = route(match, request, listenerPort);
        return PathRewrite.of(filters().pathModifier(), request.path()) instanceof PathRewrite.PrefixToRoot
                ? request.toEnvoyApart().stream()
                        .map(part -> route.toBuilder().setMatch(part).build())
                        .toList()
                : List.of(route);
    }

    private Route route(int match, RequestMatch request, int listenerPort) {
        Route.Builder route = Route.newBuilder()
                .setName(name + "/" + match)
                .setMatch(request.toEnvoy())
                .addAllRequestHeadersToAdd(requestHeaders().toAdd())
                .addAllRequestHeadersToRemove(requestHeaders().toRemove())
                .addAllResponseHeadersToAdd(responseHeaders().toAdd())
                .addAllResponseHeadersToRemove(responseHeaders().toRemove());
        setAction(route, request.path(), listenerPort);
        return route.build();
    }

    private void setAction(Route.Builder route, PathMatch match, int listenerPort) {
        filters()
                .of(HTTPRouteFilter.Type.DirectResponse)
                .ifPresent(filter -> route.setDirectResponse(RouteActions.directResponse(filter.getDirectResponse())));
        filters()
                .of(HTTPRouteFilter.Type.RequestRedirect)
                .ifPresent(filter ->
                        route.setRedirect(Redirects.redirect(filter.getRequestRedirect(), match, listenerPort)));
        if (route.getActionCase() != Route.ActionCase.ACTION_NOT_SET) {
            return;
        }
        if (backends.stream().mapToLong(WeightedBackend::weight).sum() == 0) {
            route.setDirectResponse(RouteActions.noBackend());
        } else {
            route.setRoute(RouteActions.forward(this, match));
        }
    }
}
