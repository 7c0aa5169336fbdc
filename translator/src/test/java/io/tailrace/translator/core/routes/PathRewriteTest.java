package io.tailrace.translator.core.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.tailrace.schemas.v1.HTTPPathMatch;
import io.tailrace.schemas.v1.HTTPPathModifier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of Gateway API's ReplacePrefixMatch, by what Envoy makes of our route. */
class PathRewriteTest {
    @ParameterizedTest
    @CsvSource({
        "/foo/bar,   /foo,  /xyz,  /xyz/bar",
        "/foo/bar,   /foo,  /xyz/, /xyz/bar",
        "/foo/bar,   /foo/, /xyz,  /xyz/bar",
        "/foo/bar,   /foo/, /xyz/, /xyz/bar",
        "/foo,       /foo,  /xyz,  /xyz",
        "/foo/,      /foo,  /xyz,  /xyz/",
        "/foo/bar,   /foo,  '',    /bar",
        "/foo/,      /foo,  '',    /",
        "/foo,       /foo,  '',    /",
        "/foo/,      /foo,  /,     /",
        "/foo,       /foo,  /,     /",
        "/f.o/bar,   /f.o,  /,     /bar",
        "/bar,       /,     /xyz,  /xyz/bar",
        "/bar,       /,     /,     /bar",
    })
    void aPrefixIsReplacedByPathElements(String path, String prefix, String replacement, String rewritten) {
        PathMatch match = PathMatch.of(HTTPPathMatch.newBuilder()
                .setType(HTTPPathMatch.Type.PathPrefix)
                .setValue(prefix)
                .build());
        HTTPPathModifier modifier = HTTPPathModifier.newBuilder()
                .setType(HTTPPathModifier.Type.ReplacePrefixMatch)
                .setReplacePrefixMatch(replacement)
                .build();
        PathRewrite rewrite = PathRewrite.of(modifier, match);

        RouteAction.Builder action = RouteAction.newBuilder();
        rewrite.apply(action);

        assertThat(asEnvoyDoes(action.build(), matched(rewrite, match, path), path))
                .isEqualTo(rewritten);
    }

    private static String matched(PathRewrite rewrite, PathMatch match, String path) {
        boolean apart = rewrite instanceof PathRewrite.PrefixToRoot && path.startsWith(match.path() + "/");
        return match.path() + (apart ? "/" : "");
    }

    private static String asEnvoyDoes(RouteAction action, String matched, String path) {
        assertThat(action.hasRegexRewrite()).isFalse();
        return action.getPrefixRewrite().isEmpty()
                ? path
                : action.getPrefixRewrite() + path.substring(matched.length());
    }
}
