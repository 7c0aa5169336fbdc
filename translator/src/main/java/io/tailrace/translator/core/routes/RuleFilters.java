package io.tailrace.translator.core.routes;

import io.tailrace.schemas.v1.HTTPPathModifier;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import java.util.List;
import java.util.Optional;

/** A list of filters by type, where each stands at most once. */
record RuleFilters(List<HTTPRouteFilter> filters) {

    HeaderChanges request() {
        return of(HTTPRouteFilter.Type.RequestHeaderModifier)
                .map(filter -> HeaderChanges.of(filter.getRequestHeaderModifier()))
                .orElse(HeaderChanges.NONE);
    }

    HeaderChanges response() {
        return of(HTTPRouteFilter.Type.ResponseHeaderModifier)
                .map(filter -> HeaderChanges.of(filter.getResponseHeaderModifier()))
                .orElse(HeaderChanges.NONE);
    }

    /** Of the rewrite or the redirect, which don't stand side by side. */
    HTTPPathModifier pathModifier() {
        return of(HTTPRouteFilter.Type.URLRewrite)
                .map(filter -> filter.getUrlRewrite().getPath())
                .or(() -> of(HTTPRouteFilter.Type.RequestRedirect)
                        .map(filter -> filter.getRequestRedirect().getPath()))
                .orElseGet(HTTPPathModifier::getDefaultInstance);
    }

    Optional<HTTPRouteFilter> of(HTTPRouteFilter.Type type) {
        return filters.stream().filter(filter -> filter.getType() == type).findFirst();
    }
}
