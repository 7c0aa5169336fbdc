package io.tailrace.schemas.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.schemas.v1.HTTPHeaderMatch;
import io.tailrace.schemas.v1.HTTPPathMatch;
import io.tailrace.schemas.v1.HTTPQueryParamMatch;
import io.tailrace.schemas.v1.HTTPRouteMatch;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** The rules of http_match.proto. */
final class HttpMatchChecks {
    private static final int MAX_MATCHES = 16;
    private static final int MAX_PATH = 1024;
    private static final int MAX_HEADER_VALUE = 4096;
    private static final int MAX_QUERY = 1024;
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private HttpMatchChecks() {}

    static void check(String field, HTTPRouteMatch match, Report report) {
        if (match.hasPath() && match.getPath().hasValue()) {
            path(field + ".path.value", match.getPath(), report);
        } else if (match.getPath().getType() == HTTPPathMatch.Type.RegularExpression) {
            report.add(field + ".path.value", "nothing", "an RE2 expression");
        }
        Rules.count(field + ".headers", match.getHeadersCount(), 0, MAX_MATCHES, report);
        for (int i = 0; i < match.getHeadersCount(); i++) {
            header(field + ".headers[" + i + "]", match.getHeaders(i), report);
        }
        List<String> headers =
                match.getHeadersList().stream().map(HTTPHeaderMatch::getName).toList();
        Rules.unique(field + ".headers", ".name", headers, name -> name.toLowerCase(Locale.ROOT), report);
        Rules.count(field + ".queryParams", match.getQueryParamsCount(), 0, MAX_MATCHES, report);
        for (int i = 0; i < match.getQueryParamsCount(); i++) {
            query(field + ".queryParams[" + i + "]", match.getQueryParams(i), report);
        }
        List<String> parameters = match.getQueryParamsList().stream()
                .map(HTTPQueryParamMatch::getName)
                .toList();
        Rules.unique(field + ".queryParams", ".name", parameters, UnaryOperator.identity(), report);
        if (!match.getMethod().isEmpty() && !METHODS.contains(match.getMethod())) {
            report.text(field + ".method", match.getMethod(), "one of " + String.join(", ", METHODS));
        }
    }

    private static void path(String field, HTTPPathMatch path, Report report) {
        String value = path.getValue();
        length(field, value, MAX_PATH, report);
        if (path.getType() == HTTPPathMatch.Type.RegularExpression) {
            if (Rules.required(field, value, "an RE2 expression", report)) {
                Regexes.check(field, value, report);
            }
        } else {
            Paths.check(field, value, report);
        }
    }

    private static void header(String field, HTTPHeaderMatch match, Report report) {
        HeaderChecks.name(field + ".name", match.getName(), report);
        value(field + ".value", match.getValue(), MAX_HEADER_VALUE, report);
        if (match.getType() == HTTPHeaderMatch.Type.RegularExpression) {
            Regexes.check(field + ".value", match.getValue(), report);
        } else {
            HeaderChecks.value(field + ".value", match.getValue(), report);
        }
    }

    private static void query(String field, HTTPQueryParamMatch match, Report report) {
        Rules.required(field + ".name", match.getName(), "a parameter's name", report);
        HeaderChecks.bytes(field + ".name", match.getName().getBytes(UTF_8).length, MAX_QUERY, report);
        value(field + ".value", match.getValue(), MAX_QUERY, report);
        if (match.getType() == HTTPQueryParamMatch.Type.RegularExpression) {
            Regexes.check(field + ".value", match.getValue(), report);
        }
    }

    private static void value(String field, String value, int longest, Report report) {
        Rules.required(field, value, "a value", report);
        length(field, value, longest, report);
    }

    private static void length(String field, String value, int longest, Report report) {
        int length = value.codePointCount(0, value.length());
        if (length > longest) {
            report.add(field, length + " characters", "at most " + longest);
        }
    }
}
