package io.tailrace.translator.core.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
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
        RouteAction.Builder action = RouteAction.newBuilder();

        PathRewrite.of(modifier, match).apply(action);

        assertThat(asEnvoyDoes(action.build(), match, path)).isEqualTo(rewritten);
    }

    private static String asEnvoyDoes(RouteAction action, PathMatch match, String path) {
        if (action.hasRegexRewrite()) {
            RegexMatchAndSubstitute rewrite = action.getRegexRewrite();
            return Pattern.compile(rewrite.getPattern().getRegex())
                    .matcher(path)
                    .replaceAll(rewrite.getSubstitution());
        }
        return action.getPrefixRewrite().isEmpty()
                ? path
                : action.getPrefixRewrite() + path.substring(match.path().length());
    }
}
