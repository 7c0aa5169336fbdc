package io.tailrace.schemas.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.tailrace.schemas.v1.HTTPDirectResponseFilter;
import io.tailrace.schemas.v1.HTTPPathMatch;
import io.tailrace.schemas.v1.HTTPPathModifier;
import io.tailrace.schemas.v1.HTTPRequestRedirectFilter;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import io.tailrace.schemas.v1.HTTPRouteRule;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The rules of http_filter.proto. */
final class HttpFilterChecks {
    private static final int MAX_BODY = 4096;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    // Of these a rule may have one only: each decides where the request goes.
    private static final Set<HTTPRouteFilter.Type> EXCLUSIVE = EnumSet.of(
            HTTPRouteFilter.Type.RequestRedirect, HTTPRouteFilter.Type.URLRewrite, HTTPRouteFilter.Type.DirectResponse);

    private HttpFilterChecks() {}

    static void ruleFilters(String ruleField, HTTPRouteRule rule, Report report) {
        String field = ruleField + ".filters";
        Set<HTTPRouteFilter.Type> seen = EnumSet.noneOf(HTTPRouteFilter.Type.class);
        for (int i = 0; i < rule.getFiltersCount(); i++) {
            HTTPRouteFilter.Type type = rule.getFilters(i).getType();
            String at = field + "[" + i + "]";
            if (EXCLUSIVE.contains(type)) {
                seen.stream()
                        .filter(other -> EXCLUSIVE.contains(other) && other != type)
                        .forEach(other -> report.add(at + ".type", type.name(), "no " + type + " beside " + other));
            }
            once(at, type, seen, report);
            filter(at, rule.getFilters(i), rule, report);
        }
    }

    static void backendFilters(String field, List<HTTPRouteFilter> filters, Report report) {
        Set<HTTPRouteFilter.Type> seen = EnumSet.noneOf(HTTPRouteFilter.Type.class);
        for (int i = 0; i < filters.size(); i++) {
            HTTPRouteFilter filter = filters.get(i);
            String at = field + "[" + i + "]";
            if (EXCLUSIVE.contains(filter.getType())) {
                report.add(
                        at + ".type",
                        filter.getType().name(),
                        "RequestHeaderModifier or ResponseHeaderModifier for a backend");
            } else {
                once(at, filter.getType(), seen, report);
                filter(at, filter, HTTPRouteRule.getDefaultInstance(), report);
            }
        }
    }

    private static void once(String field, HTTPRouteFilter.Type type, Set<HTTPRouteFilter.Type> seen, Report report) {
        if (!seen.add(type) && type != HTTPRouteFilter.Type.TYPE_UNSPECIFIED) {
            report.add(field + ".type", type.name() + " a second time", "each type once");
        }
    }

    private static void filter(String field, HTTPRouteFilter filter, HTTPRouteRule rule, Report report) {
        for (FieldDescriptor set : filter.getAllFields().keySet()) {
            if (set.getNumber() != HTTPRouteFilter.TYPE_FIELD_NUMBER && !belongs(set, filter.getType())) {
                report.add(
                        field + "." + set.getJsonName(),
                        "a field of another type",
                        "only the field that type names: " + filter.getType());
            }
        }
        switch (filter.getType()) {
            case RequestHeaderModifier ->
                HeaderChecks.filter(field + ".requestHeaderModifier", filter.getRequestHeaderModifier(), report);
            case ResponseHeaderModifier ->
                HeaderChecks.filter(field + ".responseHeaderModifier", filter.getResponseHeaderModifier(), report);
            case RequestRedirect -> {
                present(field + ".requestRedirect", filter.hasRequestRedirect(), report);
                redirect(field + ".requestRedirect", filter.getRequestRedirect(), rule, report);
            }
            case URLRewrite -> {
                present(field + ".urlRewrite", filter.hasUrlRewrite(), report);
                hostname(field + ".urlRewrite.hostname", filter.getUrlRewrite().getHostname(), report);
                if (filter.getUrlRewrite().hasPath()) {
                    path(field + ".urlRewrite.path", filter.getUrlRewrite().getPath(), rule, report);
                }
            }
            case DirectResponse -> directResponse(field + ".directResponse", filter.getDirectResponse(), report);
            case TYPE_UNSPECIFIED ->
                report.add(
                        field + ".type",
                        "nothing",
                        "one of RequestHeaderModifier, ResponseHeaderModifier, RequestRedirect, URLRewrite, DirectResponse");
            case UNRECOGNIZED -> {} // ShapeChecks says so
        }
    }

    private static boolean belongs(FieldDescriptor field, HTTPRouteFilter.Type type) {
        return field.getJsonName().equalsIgnoreCase(type.name());
    }

    private static void present(String field, boolean present, Report report) {
        if (!present) {
            report.add(field, "nothing", "the field that type names");
        }
    }

    private static void redirect(String field, HTTPRequestRedirectFilter redirect, HTTPRouteRule rule, Report report) {
        if (!redirect.getScheme().isEmpty() && !Set.of("http", "https").contains(redirect.getScheme())) {
            report.text(field + ".scheme", redirect.getScheme(), "\"http\" or \"https\"");
        }
        hostname(field + ".hostname", redirect.getHostname(), report);
        if (redirect.hasPath()) {
            path(field + ".path", redirect.getPath(), rule, report);
        }
        if (redirect.hasPort()) {
            Rules.port(field + ".port", redirect.getPort(), report);
        }
        if (redirect.hasStatusCode() && !REDIRECTS.contains(redirect.getStatusCode())) {
            report.add(
                    field + ".statusCode",
                    Integer.toUnsignedString(redirect.getStatusCode()),
                    "301, 302, 303, 307 or 308");
        }
    }

    private static void directResponse(String field, HTTPDirectResponseFilter response, Report report) {
        Rules.range(field + ".status", response.getStatus(), 200, 599, report);
        int size = response.getBody().getBytes(UTF_8).length;
        if (size > MAX_BODY) {
            report.add(field + ".body", size + " bytes", "at most " + MAX_BODY);
        }
    }

    private static void hostname(String field, String hostname, Report report) {
        if (!hostname.isEmpty()) {
            Rules.hostname(field, hostname, false, report);
        }
    }

    private static void path(String field, HTTPPathModifier modifier, HTTPRouteRule rule, Report report) {
        boolean full = modifier.getType() == HTTPPathModifier.Type.ReplaceFullPath;
        boolean prefix = modifier.getType() == HTTPPathModifier.Type.ReplacePrefixMatch;
        if (modifier.getType() == HTTPPathModifier.Type.TYPE_UNSPECIFIED) {
            report.add(field + ".type", "nothing", "ReplaceFullPath or ReplacePrefixMatch");
        }
        if (full != modifier.hasReplaceFullPath()) {
            report.add(
                    field + ".replaceFullPath",
                    full ? "nothing" : "a value",
                    full ? "the new path" : "nothing with the type " + modifier.getType());
        } else if (full) {
            Paths.check(field + ".replaceFullPath", modifier.getReplaceFullPath(), report);
        }
        if (prefix != modifier.hasReplacePrefixMatch()) {
            report.add(
                    field + ".replacePrefixMatch",
                    prefix ? "nothing" : "a value",
                    prefix ? "the new prefix" : "nothing with the type " + modifier.getType());
        } else if (prefix && !modifier.getReplacePrefixMatch().isEmpty()) {
            Paths.check(field + ".replacePrefixMatch", modifier.getReplacePrefixMatch(), report);
        }
        if (prefix && !rule.getMatchesList().stream().allMatch(match -> isPrefix(match.getPath()))) {
            report.add(
                    field + ".type",
                    "ReplacePrefixMatch",
                    "a PathPrefix in every match of the rule, or ReplaceFullPath");
        }
    }

    private static boolean isPrefix(HTTPPathMatch path) {
        return path.getType() == HTTPPathMatch.Type.PathPrefix || path.getType() == HTTPPathMatch.Type.TYPE_UNSPECIFIED;
    }
}
