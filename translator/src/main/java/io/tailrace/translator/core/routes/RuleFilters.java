package io.tailrace.translator.core.routes;

import io.tailrace.schemas.v1.HTTPHeaderFilter;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import java.util.List;
import java.util.Optional;

/** A list of filters by type, where each stands at most once. */
record RuleFilters(List<HTTPRouteFilter> filters) {

    HTTPHeaderFilter request() {
        return of(HTTPRouteFilter.Type.RequestHeaderModifier)
                .map(HTTPRouteFilter::getRequestHeaderModifier)
                .orElseGet(HTTPHeaderFilter::getDefaultInstance);
    }

    HTTPHeaderFilter response() {
        return of(HTTPRouteFilter.Type.ResponseHeaderModifier)
                .map(HTTPRouteFilter::getResponseHeaderModifier)
                .orElseGet(HTTPHeaderFilter::getDefaultInstance);
    }

    Optional<HTTPRouteFilter> of(HTTPRouteFilter.Type type) {
        return filters.stream().filter(filter -> filter.getType() == type).findFirst();
    }
}
