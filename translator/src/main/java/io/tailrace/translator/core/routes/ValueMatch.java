package io.tailrace.translator.core.routes;

import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.Comparator;

/** A header or query parameter by name and value, or an expression that its whole value fits. */
record ValueMatch(String name, boolean regex, String value) {
    static final Comparator<ValueMatch> ORDER = Comparator.comparing(ValueMatch::name)
            .thenComparing(ValueMatch::regex)
            .thenComparing(ValueMatch::value);

    StringMatcher matcher() {
        return regex
                ? StringMatcher.newBuilder()
                        .setSafeRegex(RegexMatcher.newBuilder().setRegex(value))
                        .build()
                : StringMatcher.newBuilder().setExact(value).build();
    }
}
