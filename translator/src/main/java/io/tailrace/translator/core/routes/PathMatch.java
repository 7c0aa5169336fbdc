package io.tailrace.translator.core.routes;

import io.tailrace.schemas.v1.HTTPPathMatch;
import java.util.Comparator;

/**
 * How a path is matched.
 *
 * @param path of a prefix, without slashes at its end: "/a/" matches what "/a" does
 */
record PathMatch(Kind kind, String path) {
    /** In the order of precedence. */
    enum Kind {
        EXACT,
        REGULAR_EXPRESSION,
        PREFIX
    }

    static final Comparator<PathMatch> PRECEDENCE = Comparator.comparing(PathMatch::kind)
            .thenComparing(Comparator.<PathMatch>comparingInt(match -> match.path.length())
                    .reversed());

    static final String ROOT = "/";

    static PathMatch of(HTTPPathMatch match) {
        String value = match.hasValue() ? match.getValue() : ROOT;
        return switch (match.getType()) {
            case Exact -> new PathMatch(Kind.EXACT, value);
            case RegularExpression -> new PathMatch(Kind.REGULAR_EXPRESSION, value);
            case TYPE_UNSPECIFIED, UNRECOGNIZED, PathPrefix -> new PathMatch(Kind.PREFIX, orRoot(withoutEnd(value)));
        };
    }

    static String withoutEnd(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    private static String orRoot(String path) {
        return path.isEmpty() ? ROOT : path;
    }

    boolean isRoot() {
        return kind == Kind.PREFIX && path.equals(ROOT);
    }
}
