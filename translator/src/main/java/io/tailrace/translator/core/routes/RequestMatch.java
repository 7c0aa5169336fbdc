package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.tailrace.schemas.v1.HTTPHeaderMatch;
import io.tailrace.schemas.v1.HTTPQueryParamMatch;
import io.tailrace.schemas.v1.HTTPRouteMatch;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A match in one form, however it was written, so that equal ones are equal.
 *
 * @param method empty: any
 * @param headers sorted, names in small letters
 * @param params sorted
 */
record RequestMatch(PathMatch path, String method, List<ValueMatch> headers, List<ValueMatch> params) {
    /** Gateway API's: the path's, then a method, then more headers, then more query parameters. */
    static final Comparator<RequestMatch> PRECEDENCE = Comparator.comparing(RequestMatch::path, PathMatch.PRECEDENCE)
            .thenComparing(match -> match.method.isEmpty())
            .thenComparing(Comparator.<RequestMatch>comparingInt(match -> match.headers.size())
                    .reversed())
            .thenComparing(Comparator.<RequestMatch>comparingInt(match -> match.params.size())
                    .reversed());

    static RequestMatch of(HTTPRouteMatch match) {
        Stream<ValueMatch> headers = match.getHeadersList().stream()
                .map(header -> new ValueMatch(
                        header.getName().toLowerCase(Locale.ROOT),
                        header.getType() == HTTPHeaderMatch.Type.RegularExpression,
                        header.getValue()));
        Stream<ValueMatch> params = match.getQueryParamsList().stream()
                .map(param -> new ValueMatch(
                        param.getName(),
                        param.getType() == HTTPQueryParamMatch.Type.RegularExpression,
                        param.getValue()));
        return new RequestMatch(
                PathMatch.of(match.getPath()),
                match.getMethod(),
                headers.sorted(ValueMatch.ORDER).toList(),
                params.sorted(ValueMatch.ORDER).toList());
    }

    /** The prefix with a slash at its end as plain characters, and the prefix itself: together, the prefix by elements. */
    List<RouteMatch> toEnvoyApart() {
        RouteMatch whole = toEnvoy();
        return List.of(
                whole.toBuilder().setPrefix(path.path() + PathMatch.ROOT).build(),
                whole.toBuilder().setPath(path.path()).build());
    }

    RouteMatch toEnvoy() {
        RouteMatch.Builder match = pathMatch();
        if (!method.isEmpty()) {
            match.addHeaders(HeaderMatcher.newBuilder()
                    .setName(":method")
                    .setStringMatch(StringMatcher.newBuilder().setExact(method)));
        }
        headers.forEach(header -> match.addHeaders(
                HeaderMatcher.newBuilder().setName(header.name()).setStringMatch(header.matcher())));
        params.forEach(param -> match.addQueryParameters(
                QueryParameterMatcher.newBuilder().setName(param.name()).setStringMatch(param.matcher())));
        return match.build();
    }

    private RouteMatch.Builder pathMatch() {
        RouteMatch.Builder match = RouteMatch.newBuilder();
        return switch (path.kind()) {
            case EXACT -> match.setPath(path.path());
            case REGULAR_EXPRESSION ->
                match.setSafeRegex(RegexMatcher.newBuilder().setRegex(path.path()));
            // Envoy's prefix by path elements can't be "/".
            case PREFIX -> path.isRoot() ? match.setPrefix(path.path()) : match.setPathSeparatedPrefix(path.path());
        };
    }
}
