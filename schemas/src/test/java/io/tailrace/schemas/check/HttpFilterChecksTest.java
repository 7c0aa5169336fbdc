package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFilterChecksTest {
    private static final String FILTER = "FILTER";
    private static final Checked ROUTE = new Checked("""
            kind: HTTPRoute
            metadata: {name: cart}
            spec:
              parentRefs: [{name: edge}]
              rules:
              - matches: [{path: {type: PathPrefix, value: /a}}, {method: GET}]
                filters: [FILTER]
            """);
    private static final Checked BACKEND = new Checked("""
            kind: HTTPRoute
            metadata: {name: cart}
            spec:
              parentRefs: [{name: edge}]
              rules:
              - backendRefs: [{name: cart, filters: [FILTER]}]
            """);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: '100%'}], remove: [b]}}",
                "{type: ResponseHeaderModifier, responseHeaderModifier: {add: [{name: a, value: b}]}}",
                "{type: RequestRedirect, requestRedirect: {scheme: https, hostname: a.b, port: 443, statusCode: 308}}",
                "{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: /b}}}",
                "{type: RequestRedirect, requestRedirect: {}}",
                "{type: URLRewrite, urlRewrite: {hostname: a.b, path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}}",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: ''}}}",
                "{type: DirectResponse, directResponse: {status: 200, body: 'hello\n'}}",
            })
    void aFilterWithItsFieldIsValid(String filter) {
        ROUTE.with(FILTER, filter).isValid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{requestRedirect: {}}|requestRedirect|a field of another type",
                "{type: Other}|type|one of RequestHeaderModifier",
                "{type: RequestHeaderModifier}|requestHeaderModifier|at least one of set, add, remove",
                "{type: ResponseHeaderModifier}|responseHeaderModifier|at least one of set, add, remove",
                "{type: RequestRedirect}|requestRedirect|the field that type names",
                "{type: URLRewrite}|urlRewrite|the field that type names",
                "{type: DirectResponse}|directResponse.status|200 to 599",
                "{type: DirectResponse, directResponse: {status: 199}}|directResponse.status|200 to 599",
                "{type: DirectResponse, directResponse: {status: 600}}|directResponse.status|200 to 599",
                "{type: URLRewrite, urlRewrite: {hostname: '*.a'}}|urlRewrite.hostname|without wildcard",
                "{type: RequestRedirect, requestRedirect: {hostname: 'a:80'}}|requestRedirect.hostname|without wildcard",
                "{type: RequestRedirect, requestRedirect: {scheme: ftp}}|requestRedirect.scheme|\"http\" or \"https\"",
                "{type: RequestRedirect, requestRedirect: {port: 0}}|requestRedirect.port|1 to 65535",
                "{type: RequestRedirect, requestRedirect: {statusCode: 300}}|requestRedirect.statusCode|301, 302",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath}}}|urlRewrite.path.replaceFullPath|the new",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch}}}|urlRewrite.path.replacePrefixMatch|the",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: b}}}"
                        + "|urlRewrite.path.replaceFullPath|begins with",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: '/\\1'}}}"
                        + "|urlRewrite.path.replaceFullPath|RFC 3986",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /b, replacePrefixMatch: /c}}}"
                        + "|urlRewrite.path.replacePrefixMatch|nothing with the type",
                "{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: b}}}"
                        + "|urlRewrite.path.replacePrefixMatch|begins with",
                "{type: URLRewrite, urlRewrite: {}, directResponse: {status: 200}}|directResponse|of another type",
            })
    void aWrongFieldIsNamed(String filter, String field, String about) {
        assertThat(ROUTE.with(FILTER, filter).problems())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("spec.rules[0].filters[0]." + field)
                        .contains(about));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{set: [{name: ':path', value: b}]}|set[0].name|may be changed",
                "{set: [{name: Host, value: b}]}|set[0].name|may be changed",
                "{remove: [host]}|remove[0]|may be changed",
                "{remove: ['a b']}|remove[0]|a header's name",
                "{remove: ['']}|remove[0]|a header's name",
                "{add: [{name: a}]}|add[0].value|a value",
                "{add: [{name: a, value: \"b\\rc\"}]}|add[0].value|no control character",
                "{set: [{name: a, value: \"b\\0c\"}]}|set[0].value|no control character",
                "{set: [{name: a, value: b}], add: [{name: A, value: c}]}|add[0].name|each name once",
                "{set: [{name: a, value: b}], remove: [a]}|remove[0]|each name once",
            })
    void aHeaderThatEnvoyWouldRejectIsNamed(String modifier, String field, String about) {
        ROUTE.with(FILTER, "{type: RequestHeaderModifier, requestHeaderModifier: " + modifier + "}")
                .hasProblem("spec.rules[0].filters[0].requestHeaderModifier." + field, about);
    }

    @Test
    void aTypeTwiceInARuleIsRefused() {
        String rewrite = "{type: URLRewrite, urlRewrite: {hostname: a.b}}";

        ROUTE.with(FILTER, rewrite + ", " + rewrite).hasProblem("spec.rules[0].filters[1].type", "each type once");
    }

    @Test
    void aRedirectBesideARewriteIsRefused() {
        ROUTE.with(FILTER, "{type: URLRewrite, urlRewrite: {}}, {type: RequestRedirect, requestRedirect: {}}")
                .hasProblem("spec.rules[0].filters[1].type", "no RequestRedirect beside URLRewrite");
    }

    @Test
    void anAnswerBesideBackendsIsRefused() {
        ROUTE.with(FILTER, "{type: DirectResponse, directResponse: {status: 204}}")
                .with("    filters:", "    backendRefs: [{name: a}]\n    filters:")
                .hasProblem("spec.rules[0].backendRefs", "beside the filter DirectResponse");
        ROUTE.with(FILTER, "{type: RequestRedirect, requestRedirect: {}}")
                .with("    filters:", "    backendRefs: [{name: a}]\n    filters:")
                .hasProblem("spec.rules[0].backendRefs", "beside the filter RequestRedirect");
    }

    @Test
    void aPrefixIsReplacedOnlyWhereEveryMatchHasOne() {
        Checked rewrite = ROUTE.with(
                FILTER, "{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}}");

        rewrite.isValid();
        rewrite.with("type: PathPrefix", "type: Exact")
                .hasProblem("spec.rules[0].filters[0].urlRewrite.path.type", "a PathPrefix in every match");
    }

    @Test
    void aBodyOfMoreThan4096BytesIsRefused() {
        ROUTE.with(FILTER, "{type: DirectResponse, directResponse: {status: 200, body: '" + "é".repeat(2049) + "'}}")
                .hasProblem("spec.rules[0].filters[0].directResponse.body", "4098 bytes, at most 4096");
    }

    @Test
    void aHeaderValueHasAtMostTheBytesThatEnvoyTakesPercentSignsTwice() {
        Checked modifier = ROUTE.with(
                FILTER, "{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: LONG}]}}");

        modifier.with("LONG", "'" + "%".repeat(8192) + "'").isValid();
        modifier.with("LONG", "'" + "%".repeat(8193) + "'")
                .hasProblem(
                        "spec.rules[0].filters[0].requestHeaderModifier.set[0].value", "16386 bytes, at most 16384");
    }

    @Test
    void aBackendTakesHeaderModifiersOnly() {
        BACKEND.with(FILTER, "{type: RequestHeaderModifier, requestHeaderModifier: {remove: [a]}}")
                .isValid();
        BACKEND.with(FILTER, "{type: URLRewrite, urlRewrite: {}}")
                .hasProblem("spec.rules[0].backendRefs[0].filters[0].type", "for a backend");
        BACKEND.with(FILTER, "{type: RequestHeaderModifier, requestHeaderModifier: {remove: [':a']}}")
                .hasProblem("spec.rules[0].backendRefs[0].filters[0].requestHeaderModifier.remove[0]", "changed");
    }
}
