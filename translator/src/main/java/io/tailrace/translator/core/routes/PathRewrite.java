package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.config.route.v3.RedirectAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.tailrace.schemas.v1.HTTPPathModifier;

/** What becomes of a path: Gateway API's modifier in Envoy's terms. A query stays as it is. */
sealed interface PathRewrite {
    /** It stays. */
    record None() implements PathRewrite {}

    record Whole(String path) implements PathRewrite {}

    /** Envoy's prefix_rewrite: the matched characters become these. */
    record Prefix(String replacement) implements PathRewrite {}

    /**
     * "/foo" and "/foo/bar" become "/" and "/bar". As one route "/foo" by path elements, prefix_rewrite would give "//bar";
     * so it is two, "/foo/" as plain characters and "/foo" exactly (a regular expression would have to fit in the
     * 100 instructions that Envoy allows).
     */
    record PrefixToRoot() implements PathRewrite {}

    static PathRewrite of(HTTPPathModifier modifier, PathMatch match) {
        return switch (modifier.getType()) {
            case TYPE_UNSPECIFIED, UNRECOGNIZED -> new None();
            case ReplaceFullPath -> new Whole(modifier.getReplaceFullPath());
            case ReplacePrefixMatch -> ofPrefix(PathMatch.withoutEnd(modifier.getReplacePrefixMatch()), match);
        };
    }

    /** Gateway API's table of ReplacePrefixMatch: slashes at the end of either don't count. */
    private static PathRewrite ofPrefix(String replacement, PathMatch match) {
        if (match.isRoot()) {
            return replacement.isEmpty() ? new None() : new Prefix(replacement + PathMatch.ROOT);
        }
        return replacement.isEmpty() ? new PrefixToRoot() : new Prefix(replacement);
    }

    default void apply(RouteAction.Builder action) {
        switch (this) {
            case None none -> {}
            case Whole whole -> action.setRegexRewrite(substitute("^/.*$", whole.path()));
            case Prefix prefix -> action.setPrefixRewrite(prefix.replacement());
            case PrefixToRoot root -> action.setPrefixRewrite(PathMatch.ROOT);
        }
    }

    default void apply(RedirectAction.Builder action) {
        switch (this) {
            case None none -> {}
            case Whole whole -> action.setPathRedirect(whole.path());
            case Prefix prefix -> action.setPrefixRewrite(prefix.replacement());
            case PrefixToRoot root -> action.setPrefixRewrite(PathMatch.ROOT);
        }
    }

    private static RegexMatchAndSubstitute substitute(String regex, String text) {
        return RegexMatchAndSubstitute.newBuilder()
                .setPattern(RegexMatcher.newBuilder().setRegex(regex))
                .setSubstitution(text.replace("\\", "\\\\")) // "\1" would be a group
                .build();
    }
}
