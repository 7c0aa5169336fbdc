package io.tailrace.schemas.check;

import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import io.tailrace.schemas.v1.HTTPRouteRetry;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.schemas.v1.HTTPRouteSpec;
import io.tailrace.schemas.v1.HTTPRouteTimeouts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The rules of http_route.proto. */
final class HttpRouteChecks {
    private static final int MAX_RULES = 64;
    private static final int MAX_ATTEMPTS = 100;
    // Envoy's documentation of x-envoy-retry-on and x-envoy-retry-grpc-on; Envoy ignores others in silence.
    private static final List<String> RETRY_CONDITIONS = List.of(
            "5xx",
            "cancelled",
            "connect-failure",
            "deadline-exceeded",
            "envoy-ratelimited",
            "gateway-error",
            "http3-post-connect-failure",
            "internal",
            "refused-stream",
            "reset",
            "reset-before-request",
            "resource-exhausted",
            "retriable-4xx",
            "retriable-headers",
            "retriable-status-codes",
            "unavailable");

    private HttpRouteChecks() {}

    static void check(HTTPRoute route, Report report) {
        HTTPRouteSpec spec = route.getSpec();
        ReferenceChecks.parents(spec.getParentRefsList(), route.getMetadata().getNamespace(), report);
        for (int i = 0; i < spec.getHostnamesCount(); i++) {
            Rules.hostname("spec.hostnames[" + i + "]", spec.getHostnames(i), true, report);
        }
        Rules.unique("spec.hostnames", "", spec.getHostnamesList(), host -> host.toLowerCase(Locale.ROOT), report);
        Rules.count("spec.rules", spec.getRulesCount(), 0, MAX_RULES, report);
        for (int i = 0; i < spec.getRulesCount(); i++) {
            rule("spec.rules[" + i + "]", spec.getRules(i), report);
        }
        List<String> names =
                spec.getRulesList().stream().map(HTTPRouteRule::getName).toList();
        Rules.unique("spec.rules", ".name", names, UnaryOperator.identity(), report);
    }

    private static void rule(String field, HTTPRouteRule rule, Report report) {
        if (!rule.getName().isEmpty()) {
            Rules.name(field + ".name", rule.getName(), report);
        }
        for (int i = 0; i < rule.getMatchesCount(); i++) {
            HttpMatchChecks.check(field + ".matches[" + i + "]", rule.getMatches(i), report);
        }
        HttpFilterChecks.ruleFilters(field, rule, report);
        ReferenceChecks.httpBackends(field + ".backendRefs", rule.getBackendRefsList(), report);
        for (HTTPRouteFilter filter : rule.getFiltersList()) {
            boolean answers = filter.getType() == HTTPRouteFilter.Type.RequestRedirect
                    || filter.getType() == HTTPRouteFilter.Type.DirectResponse;
            if (answers && rule.getBackendRefsCount() > 0) {
                report.add(
                        field + ".backendRefs",
                        rule.getBackendRefsCount() + " of them",
                        "none beside the filter " + filter.getType() + ", which answers by itself");
            }
        }
        timeouts(field + ".timeouts", rule.getTimeouts(), report);
        retry(field + ".retry", rule.getRetry(), report);
    }

    private static void timeouts(String field, HTTPRouteTimeouts timeouts, Report report) {
        String request = timeouts.getRequest();
        String backend = timeouts.getBackendRequest();
        boolean valid = request.isEmpty() || Rules.duration(field + ".request", request, Duration.ZERO, report);
        valid &= backend.isEmpty() || Rules.duration(field + ".backendRequest", backend, Duration.ZERO, report);
        if (!valid || request.isEmpty() || backend.isEmpty()) {
            return;
        }
        Duration whole = Durations.parse(request);
        if (!whole.isZero() && Durations.parse(backend).compareTo(whole) > 0) {
            report.text(field + ".backendRequest", backend, "at most the request's " + request);
        }
    }

    private static void retry(String field, HTTPRouteRetry retry, Report report) {
        if (retry.hasAttempts()) {
            Rules.range(field + ".attempts", retry.getAttempts(), 0, MAX_ATTEMPTS, report);
        }
        if (!retry.getBackoff().isEmpty()) {
            Rules.duration(field + ".backoff", retry.getBackoff(), Duration.ofMillis(1), report);
        }
        for (int i = 0; i < retry.getCodesCount(); i++) {
            Rules.range(field + ".codes[" + i + "]", retry.getCodes(i), 400, 599, report);
        }
        List<String> codes =
                retry.getCodesList().stream().map(Integer::toUnsignedString).toList();
        Rules.unique(field + ".codes", "", codes, UnaryOperator.identity(), report);
        for (int i = 0; i < retry.getRetryOnCount(); i++) {
            if (!Set.copyOf(RETRY_CONDITIONS).contains(retry.getRetryOn(i))) {
                report.text(
                        field + ".retryOn[" + i + "]",
                        retry.getRetryOn(i),
                        "one of Envoy's retry conditions: " + String.join(", ", RETRY_CONDITIONS));
            }
        }
        Rules.unique(field + ".retryOn", "", retry.getRetryOnList(), UnaryOperator.identity(), report);
    }
}
