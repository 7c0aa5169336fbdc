package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRouteChecksTest {
    private static final Checked ROUTE = new Checked("""
            kind: HTTPRoute
            metadata: {name: cart}
            spec:
              parentRefs:
              - {group: gateway.networking.k8s.io, kind: Gateway, name: edge, namespace: ops, sectionName: http, port: 8080}
              hostnames: [shop.example.com, "*.example.com"]
              rules:
              - name: one
                matches:
                - path: {type: PathPrefix, value: /cart}
                  headers: [{name: X-Color, value: blue}, {type: RegularExpression, name: x-size, value: "[0-9]+"}]
                  queryParams: [{name: q, value: a}, {type: RegularExpression, name: r, value: "b.*"}]
                  method: GET
                filters: []
                backendRefs:
                - {kind: Service, name: cart, namespace: shop, port: 80, weight: 90}
                - {name: cart-v2, weight: 10}
                timeouts: {request: 1m30s, backendRequest: 250ms}
                retry: {attempts: 3, backoff: 10ms, codes: [500, 503], retryOn: [5xx, reset]}
              - name: two
            """);

    @Test
    void aRouteWithAllFieldsIsValid() {
        ROUTE.isValid();
    }

    @Test
    void aRouteNeedsNoMoreThanAParent() {
        new Checked("{kind: HTTPRoute, metadata: {name: a}, spec: {parentRefs: [{name: edge}]}}").isValid();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "group: gateway.networking.k8s.io|group: apps|spec.parentRefs[0].group|networking",
                "kind: Gateway|kind: Service|spec.parentRefs[0].kind|\"Gateway\"",
                "name: edge, |''|spec.parentRefs[0].name|a name",
                "namespace: ops|namespace: O|spec.parentRefs[0].namespace|a-z",
                "sectionName: http|sectionName: HTTP|spec.parentRefs[0].sectionName|DNS label",
                "port: 8080|port: 0|spec.parentRefs[0].port|1 to 65535",
                "[shop.example.com|[shop_example|spec.hostnames[0]|a host",
                "[shop.example.com|['*'|spec.hostnames[0]|a host",
                "[shop.example.com|['*.example.com'|spec.hostnames[1]|each once",
                "name: two|name: one|spec.rules[1].name|each once",
                "name: two|name: 't w o'|spec.rules[1].name|a name",
                "kind: Service|kind: Gateway|spec.rules[0].backendRefs[0].kind|\"Service\"",
                "{kind: Service|{group: apps|spec.rules[0].backendRefs[0].group|the core group",
                "{name: cart-v2|{name: ''|spec.rules[0].backendRefs[1].name|a name",
                "namespace: shop|namespace: Shop|spec.rules[0].backendRefs[0].namespace|a-z",
                "port: 80,|port: 70000,|spec.rules[0].backendRefs[0].port|1 to 65535",
                "weight: 90|weight: 1000001|spec.rules[0].backendRefs[0].weight|0 to 1000000",
                "weight: 90|weight: -1|spec.rules[0].backendRefs[0].weight|a whole number",
                "request: 1m30s|request: 1.5s|spec.rules[0].timeouts.request|a duration",
                "request: 1m30s|request: 100000s|spec.rules[0].timeouts.request|a duration",
                "request: 1m30s|request: 1h1h1h1h1h|spec.rules[0].timeouts.request|a duration",
                "request: 1m30s|request: 249ms|spec.rules[0].timeouts.backendRequest|at most the request's 249ms",
                "backendRequest: 250ms|backendRequest: 1 s|spec.rules[0].timeouts.backendRequest|a duration",
                "attempts: 3|attempts: 101|spec.rules[0].retry.attempts|0 to 100",
                "backoff: 10ms|backoff: 0s|spec.rules[0].retry.backoff|1ms or more",
                "backoff: 10ms|backoff: ten|spec.rules[0].retry.backoff|a duration",
                "[500, 503]|[399]|spec.rules[0].retry.codes[0]|400 to 599",
                "[500, 503]|[600]|spec.rules[0].retry.codes[0]|400 to 599",
                "[500, 503]|[500, 500]|spec.rules[0].retry.codes[1]|each once",
                "[5xx, reset]|[5xx, never]|spec.rules[0].retry.retryOn[1]|Envoy's retry conditions",
                "[5xx, reset]|[reset, reset]|spec.rules[0].retry.retryOn[1]|each once",
            })
    void aWrongFieldIsNamed(String words, String others, String field, String about) {
        ROUTE.with(words, others).hasProblem(field, about);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "value: /cart|value: cart|path.value|begins with \"/\"",
                "value: /cart|value: '/a b'|path.value|RFC 3986",
                "value: /cart|value: '/a?b=c'|path.value|RFC 3986",
                "value: /cart|value: '/a#b'|path.value|RFC 3986",
                "value: /cart|value: '/a%2'|path.value|RFC 3986",
                "value: /cart|value: '/a//b'|path.value|without //",
                "value: /cart|value: '/a/../b'|path.value|without //",
                "value: /cart|value: '/a%2Fb'|path.value|without //",
                "value: /cart|value: '/a/..'|path.value|without //",
                "PathPrefix, value: /cart|RegularExpression, value: '('|path.value|an RE2 expression",
                "PathPrefix, value: /cart|RegularExpression, value: 'a(?=b)'|path.value|an RE2 expression",
                "PathPrefix, value: /cart|RegularExpression, value: '(a)\\1'|path.value|an RE2 expression",
                "PathPrefix, value: /cart|RegularExpression, value: '((a{100}){100}){100}'|path.value|at most 1000",
                "PathPrefix, value: /cart|RegularExpression, value: '(\\pL{3}x){5}'|path.value|at most 100",
                "PathPrefix, value: /cart|RegularExpression, value: 'a{97}'|path.value|an expression of 101 instructions",
                "PathPrefix, value: /cart|RegularExpression, value: '[^/]{49}'|path.value|at most 100",
                "PathPrefix, value: /cart|RegularExpression, value: '/é+'|path.value|since Envoy matches bytes",
                "PathPrefix, value: /cart|RegularExpression, value: '\\x{100}'|path.value|since Envoy matches bytes",
                "PathPrefix, value: /cart|RegularExpression, value: ''|path.value|an RE2 expression",
                "PathPrefix, value: /cart|RegularExpression|path.value|an RE2 expression",
                "type: PathPrefix|type: Prefix|path.type|one of Exact, PathPrefix, RegularExpression",
                "name: X-Color|name: ':path'|headers[0].name|a header's name",
                "name: X-Color|name: 'a b'|headers[0].name|a header's name",
                "name: X-Color|name: X-SIZE|headers[1].name|each once",
                "value: blue|value: ''|headers[0].value|a value",
                "value: blue|value: \"a\\nb\"|headers[0].value|no control character",
                "'[0-9]+'|'[0-9'|headers[1].value|an RE2 expression",
                "name: q,|name: '',|queryParams[0].name|a parameter's name",
                "name: q,|name: r,|queryParams[1].name|each once",
                "value: a}|value: ''}|queryParams[0].value|a value",
                "'b.*'|'b(*'|queryParams[1].value|an RE2 expression",
                "method: GET|method: get|method|one of GET",
                "method: GET|method: QUERY|method|one of GET",
            })
    void aWrongFieldOfAMatchIsNamed(String words, String others, String field, String about) {
        ROUTE.with(words.replace('\'', '"'), others).hasProblem("spec.rules[0].matches[0]." + field, about);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a/", "/a%20b", "/a.b/~c", "/:id/@me", "/a/...", "/x"})
    void aPathOfUrlCharactersIsValid(String path) {
        ROUTE.with("/cart", "\"" + path + "\"").isValid();
    }

    @Test
    void longValuesAreRefusedByTheirLimits() {
        assertThat(ROUTE.with("/cart", "/" + "a".repeat(1024)).problems())
                .containsExactly("spec.rules[0].matches[0].path.value: 1025 characters, at most 1024");
        assertThat(ROUTE.with("value: blue", "value: " + "b".repeat(4097)).problems())
                .containsExactly("spec.rules[0].matches[0].headers[0].value: 4097 characters, at most 4096");
        assertThat(ROUTE.with("value: a}", "value: " + "b".repeat(1025) + "}").problems())
                .containsExactly("spec.rules[0].matches[0].queryParams[0].value: 1025 characters, at most 1024");
    }

    @Test
    void moreThan16HeadersOrParametersAreRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            many.append("{name: n").append(i).append(", value: v},");
        }

        ROUTE.with("{name: X-Color, value: blue}, ", many.toString())
                .hasProblem("spec.rules[0].matches[0].headers", "18 of them, 0 to 16");
        ROUTE.with("{name: q, value: a}, ", many.toString())
                .hasProblem("spec.rules[0].matches[0].queryParams", "18 of them, 0 to 16");
    }

    @Test
    void moreThan64RulesAreRefused() {
        ROUTE.with("  - name: two", "  - {}\n".repeat(64)).hasProblem("spec.rules", "65 of them, 0 to 64");
    }

    @Test
    void weightsThatAreAllZeroAreRefused() {
        ROUTE.with("weight: 90", "weight: 0")
                .isValid()
                .with("weight: 10", "weight: 0")
                .hasProblem("spec.rules[0].backendRefs", "only weights of 0");
    }

    @Test
    void theSameParentTwiceIsRefusedHoweverItIsWritten() {
        new Checked("""
                kind: HTTPRoute
                metadata: {name: a, namespace: shop}
                spec: {parentRefs: [{name: edge}, {kind: Gateway, name: edge, namespace: shop}]}
                """).hasProblem("spec.parentRefs[1]", "each parent once");
    }

    @Test
    void aRouteWithoutParentsIsRefused() {
        new Checked("{kind: HTTPRoute, metadata: {name: a}, spec: {}}")
                .hasProblem("spec.parentRefs", "nothing, at least 1");
    }

    @Test
    void zeroMeansNoTimeout() {
        ROUTE.with("1m30s", "0s").isValid();
        ROUTE.with("250ms", "0s").isValid();
    }

    @Test
    void problemsStandWhereTheirFieldStands() {
        Checked bad = ROUTE.with("method: GET", "method: get");

        assertThat(io.tailrace.schemas.manifest.Manifests.parse("a.yaml", bad.yaml())
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(13);
                    assertThat(problem.column()).isEqualTo(15);
                    assertThat(problem.problem().kind()).isEqualTo("HTTPRoute");
                    assertThat(problem.problem().name()).isEqualTo("cart");
                });
    }
}
