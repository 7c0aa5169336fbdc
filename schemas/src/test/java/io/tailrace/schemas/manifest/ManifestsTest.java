package io.tailrace.schemas.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.EnvoyResourceSpec;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.HTTPPathMatch;
import io.tailrace.schemas.v1.HTTPRoute;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {
    private static final String ROUTE = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata:
              name: cart
              annotations: {note: mine}
            spec:
              parentRefs:
              - name: edge
              rules:
              - matches:
                - path: {type: Exact, value: /cart}
                backendRefs:
                - {name: cart, port: 80, weight: 90}
            """;

    @Test
    void aYamlFileGivesNormalizedObjectsWithTheLinesOfTheirDocuments() {
        ParsedFile file = Manifests.parse("a.yaml", ROUTE + "---\n# nothing\n---\n" + """
                kind: Gateway
                metadata: {name: edge}
                spec:
                  gatewayClassName: edge
                  listeners: [{name: http, port: 8080, protocol: HTTP}]
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.objects())
                .extracting(object -> object.key().text())
                .containsExactly("default/HTTPRoute/default/cart", "default/Gateway/default/edge");
        assertThat(file.objects()).extracting(ManifestObject::line).containsExactly(1, 17);
        HTTPRoute route = (HTTPRoute) file.objects().get(0).object();
        assertThat(route.getSpec().getRules(0).getMatches(0).getPath().getType())
                .isEqualTo(HTTPPathMatch.Type.Exact);
        Gateway gateway = (Gateway) file.objects().get(1).object();
        assertThat(gateway.getSpec().getGroupsList()).containsExactly("edge");
    }

    @Test
    void anUnknownFieldIsNamedWithTheNearestKnownOneAndItsPlace() {
        ParsedFile file = Manifests.parse("a.yaml", ROUTE.replace("backendRefs", "backendRef"));

        assertThat(texts(file))
                .containsExactly(
                        "a.yaml:12:5: HTTPRoute default/cart: spec.rules[0].backendRef: found an unknown field, "
                                + "expected one of backendRefs, filters, matches, name, retry, timeouts. "
                                + "Did you mean backendRefs?");
        assertThat(file.objects()).isEmpty();
        assertThat(file.rejected()).extracting(Object::toString).containsExactly("default/HTTPRoute/default/cart");
        assertThat(file.tellsAll()).isTrue();
    }

    @Test
    void anEndpointWithoutSourceGetsTheReadersAndItsInstanceFromItsName() {
        ParsedFile file = Manifests.parse("a.json", """
                {"kind": "Endpoint", "metadata": {"name": "cart-1"},
                 "spec": {"service": "cart", "address": "10.0.0.1", "ports": {"http": 8080}}}
                """, "files");

        assertThat(file.problems()).isEmpty();
        assertThat(file.objects().get(0).key().text()).isEqualTo("default/Endpoint/default/cart/files/cart-1");
        Endpoint endpoint = (Endpoint) file.objects().get(0).object();
        assertThat(endpoint.getSpec().getPortsMap()).containsEntry("http", 8080);
    }

    @Test
    void aRawResourceIsReadByItsTypeAtEveryDepth() throws InvalidProtocolBufferException {
        ParsedFile file = Manifests.parse("a.yaml", """
                kind: EnvoyResource
                metadata: {name: raw}
                spec:
                  groups: [edge]
                  resource:
                    "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
                    name: raw
                    connect_timeout: 0.25s
                    typedExtensionProtocolOptions:
                      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                        explicit_http_config: {http2_protocol_options: {max_concurrent_streams: 100}}
                """);

        assertThat(texts(file)).isEmpty();
        EnvoyResource object = (EnvoyResource) file.objects().get(0).object();
        Cluster cluster = object.getSpec().getResource().unpack(Cluster.class);
        assertThat(cluster.getName()).isEqualTo("raw");
        assertThat(Durations.toMillis(cluster.getConnectTimeout())).isEqualTo(250);
        assertThat(Manifests.parse("b.yaml", Manifests.toYaml(object))
                        .objects()
                        .get(0)
                        .object())
                .isEqualTo(object);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "weight: 90|weight: '90'|13:38|weight: found \"90\", expected a whole number from 0 to 4294967295",
                "weight: 90|weight: 1.5|13:38|weight: found 1.5, expected a whole number",
                "weight: 90|weight: .nan|13:38|weight: found .nan, expected a whole number",
                "weight: 90|weight: 4294967296|13:38|weight: found 4294967296, expected a whole number",
                "weight: 90|weight: true|13:38|weight: found true, expected a whole number",
                "weight: 90|weight: [1]|13:38|weight: found a list, expected a whole number",
                "name: edge|name: 1|8:11|name: found 1, expected a string. Write it in quotes: \"1\"",
                "name: edge|name: yes|0:0|",
                "name: edge|name: true|8:11|name: found true, expected a string. Write it in quotes",
                "type: Exact|type: exact|11:20|type: found \"exact\", expected one of Exact, PathPrefix, RegularExpression. "
                        + "Did you mean Exact?",
                "type: Exact|type: 1|11:20|type: found 1, expected one of Exact",
                "type: Exact|type: TYPE_UNSPECIFIED|11:20|type: found \"TYPE_UNSPECIFIED\", expected one of Exact",
                "path: {type: Exact, value: /cart}|path: /cart|11:13|path: found \"/cart\", expected a map with the fields of",
                "kind: HTTPRoute|kind: HttpRoute|2:7|kind: found \"HttpRoute\", expected one of ProxyGroup, Gateway, HTTPRoute",
                "networking.k8s.io/v1|networking.k8s.io/v1beta1|1:13|apiVersion: found",
                "spec:|status: {}@spec:|6:1|status: found an unknown field, expected one of metadata, spec",
                "name: cart@|name: cart@  uid: x@|5:3|metadata.uid: found an unknown field",
                "name: cart@|name: cart@  name: cart@|5:3|metadata.name: found the field a second time",
                "kind: HTTPRoute|kind: HTTPRoute@<<: {a: b}|3:1|<<: found an unknown field",
            })
    void aFaultIsNamedWithItsPlace(String words, String others, String place, String about) {
        String yaml = ROUTE.replace(words.replace('@', '\n'), others.replace('@', '\n'));
        assertThat(yaml).isNotEqualTo(ROUTE);

        List<String> texts = texts(Manifests.parse("a.yaml", yaml));

        if (about == null) {
            assertThat(texts).isEmpty();
        } else {
            assertThat(texts)
                    .singleElement()
                    .asString()
                    .startsWith("a.yaml:" + place + ": ")
                    .contains(about);
        }
    }

    @Test
    void aTextThatIsNoYamlMakesTheFileUnreadable() {
        ParsedFile file = Manifests.parse("a.yaml", ROUTE + "---\nkind: [Gateway\nmetadata: {}\n");

        assertThat(file.unreadable()).isTrue();
        assertThat(file.tellsAll()).isFalse();
        assertThat(file.objects()).isEmpty();
        assertThat(texts(file)).singleElement().asString().startsWith("a.yaml:16:9: ");
    }

    @Test
    void oneBadDocumentHarmsOnlyItself() {
        ParsedFile file = Manifests.parse(
                "a.yaml",
                "kind: Gateway\nmetadata: {name: bad}\n---\n" + ROUTE + "---\nkind: Nothing\n---\n- a list\n");

        assertThat(file.unreadable()).isFalse();
        assertThat(file.objects()).extracting(object -> object.key().name()).containsExactly("cart");
        assertThat(file.rejected()).extracting(Object::toString).containsExactly("default/Gateway/default/bad");
        assertThat(file.nameless()).isTrue();
        assertThat(file.problems()).hasSize(4);
    }

    @Test
    void aDocumentWithoutANameSaysThatTheFileDoesNotTellAll() {
        ParsedFile file = Manifests.parse("a.yaml", ROUTE.replace("  name: cart\n", ""));

        assertThat(file.nameless()).isTrue();
        assertThat(texts(file)).singleElement().asString().contains("metadata.name: found nothing");
    }

    @Test
    void anObjectTwiceInAFileIsAProblemAndTheFirstCounts() {
        ParsedFile file = Manifests.parse("a.yaml", ROUTE + "---\n" + ROUTE.replace("weight: 90", "weight: 10"));

        assertThat(file.objects())
                .singleElement()
                .satisfies(object -> assertThat(((HTTPRoute) object.object())
                                .getSpec()
                                .getRules(0)
                                .getBackendRefs(0)
                                .getWeight())
                        .isEqualTo(90));
        assertThat(file.rejected()).isEmpty();
        assertThat(texts(file))
                .singleElement()
                .asString()
                .startsWith("a.yaml:15:1: ")
                .contains("of line 1 again");
    }

    @Test
    void aliasesAreFollowedButGrowNothing() {
        String alias =
                ROUTE.replace("[{name: cart", "").replace("weight: 90}", "weight: 90}\n    timeouts: &t {request: 1s}")
                        + "  - timeouts: *t\n";
        assertThat(texts(Manifests.parse("a.yaml", alias))).isEmpty();

        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 40; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d, *a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }
        assertThat(Manifests.parse("a.yaml", bomb.toString()).unreadable()).isTrue();
        assertThat(Manifests.parse("a.yaml", "a: &a [*a]").unreadable()).isTrue();
    }

    @Test
    void whatIsTooDeepIsUnreadableAndNoStackOverflows() {
        assertThat(Manifests.parse("a.yaml", "[".repeat(100_000)).unreadable()).isTrue();
        assertThat(Manifests.parse("a.json", "[".repeat(100_000)).unreadable()).isTrue();
        assertThat(Manifests.parse("a.yaml", "a: {".repeat(100_000)).unreadable())
                .isTrue();
        assertThat(Manifests.parse("a.yaml", "- ".repeat(100_000)).unreadable()).isTrue();
    }

    @Test
    void anyTextIsAnsweredWithoutAnException() {
        long seed = Long.getLong("seed", 42L);
        String alphabet = "{}[]:,-&*!#|>'\"%@`\n\t ?~0.1eE+\\ukindGatewyHTPRos/\u0000\u0085\ud83d";
        for (long run = seed; run < seed + 2000; run++) {
            Random random = new Random(run);
            StringBuilder text = new StringBuilder(random.nextBoolean() ? ROUTE : "");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.insert(random.nextInt(text.length() + 1), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(Manifests.parse("a.yaml", text.toString()))
                    .as("-Dseed=%d", run)
                    .isNotNull();
            assertThat(Manifests.parse("a.json", text.toString()))
                    .as("-Dseed=%d", run)
                    .isNotNull();
        }
    }

    @Test
    void emptyFilesHaveNoObjectsAndNoProblems() {
        for (String text : List.of("", "# nothing\n", "---\n---\n", "null\n")) {
            ParsedFile file = Manifests.parse("a.yaml", text);
            assertThat(file.problems()).isEmpty();
            assertThat(file.tellsAll()).isTrue();
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        for (String yaml : List.of(
                ROUTE,
                "{kind: Gateway, metadata: {name: e}, spec: {groups: [e], listeners: [{name: h, port: 1, protocol: TCP}]}}",
                "{kind: Service, metadata: {name: '1', labels: {a: 'true', b: '~', c: '0x1', d: ''}}, spec: {ports: [{port: 80}]}}",
                "{kind: Secret, metadata: {name: 'null'}, spec: {keyId: k, ciphertext: aGk=}}",
                "{kind: ProxyGroup, metadata: {name: 1e3}, spec: {selector: {nodeId: \"a\\n\\t\\u00e9\\U0001F600b*\"}}}",
                "{kind: Endpoint, metadata: {name: a}, spec: {service: s, address: '::1', ports: {h: 1}, weight: 2}}")) {
            Message object = Manifests.parse("a.yaml", yaml.replace("1e3", "'1e3'"))
                    .objects()
                    .get(0)
                    .object();

            assertThat(Manifests.parse("a.yaml", Manifests.toYaml(object)).objects())
                    .extracting(ManifestObject::object)
                    .containsExactly(object);
            assertThat(Manifests.parse("a.json", Manifests.toJson(object)).objects())
                    .extracting(ManifestObject::object)
                    .containsExactly(object);
        }
    }

    @Test
    void anObjectIsWrittenInAnOrderThatPeopleKnow() {
        Message object = Manifests.parse(
                        "a.yaml", "{spec: {ports: [{port: 80, name: http}]}, metadata: {name: a}, kind: Service}")
                .objects()
                .get(0)
                .object();

        assertThat(Manifests.toYaml(object)).isEqualTo("""
                apiVersion: tailrace.io/v1
                kind: Service
                metadata:
                  mesh: default
                  namespace: default
                  name: a
                spec:
                  ports:
                  - name: http
                    port: 80
                """);
    }

    @Test
    void theOrderOfKeysInARawResourceChangesNoByte() {
        String head = """
                kind: EnvoyResource
                metadata: {name: raw}
                spec:
                  groups: [edge]
                  resource:
                    "@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig
                    name: raw
                    typed_config:
                      "@type": type.googleapis.com/envoy.config.cluster.v3.Cluster
                      typed_extension_protocol_options:
                """;
        String a = "        a: {'@type': type.googleapis.com/google.protobuf.Duration, value: 1s}\n";
        String b = "        b: {'@type': type.googleapis.com/google.protobuf.Struct, value: {x: 1, y: [true, null]}}\n";

        ParsedFile one = Manifests.parse("a.yaml", head + a + b);
        ParsedFile other = Manifests.parse("a.yaml", head + b + a);

        assertThat(texts(one)).isEmpty();
        assertThat(Deterministic.serialize(one.objects().get(0).object()))
                .isEqualTo(Deterministic.serialize(other.objects().get(0).object()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "envoy.config.cluster.v3.Clust|spec.resource.@type: found",
                "envoy.config.core.v3.Node|spec.resource.@type: found \"type.googleapis.com/envoy.config.core.v3.Node\"",
                "envoy.config.cluster.v3.Cluster|spec.resource.nam: found an unknown field",
            })
    void aRawResourcesFaultIsNamed(String type, String about) {
        String field = type.endsWith("Cluster") ? "nam: x, name: y" : "id: x";
        ParsedFile file = Manifests.parse(
                "a.yaml",
                "kind: EnvoyResource\nmetadata: {name: raw}\nspec: {groups: [e], resource: {'@type': type.googleapis.com/"
                        + type + ", " + field + "}}\n");

        assertThat(texts(file)).singleElement().asString().contains(about);
    }

    @Test
    void whatJsonCannotShowIsPrintedAsANote() {
        EnvoyResource object = EnvoyResource.newBuilder()
                .setSpec(EnvoyResourceSpec.newBuilder()
                        .setResource(Deterministic.pack(TypedExtensionConfig.newBuilder()
                                .setName("x")
                                .setTypedConfig(Any.newBuilder().setTypeUrl("type.googleapis.com/envoy.new.v9.New"))
                                .build())))
                .build();

        assertThat(Manifests.toYaml(object)).contains("name: x", "unknownType: type.googleapis.com/envoy.new.v9.New");
    }

    @Test
    void aCharacterThatYamlDoesNotHaveIsNamedWithItsPlace() {
        assertThat(texts(Manifests.parse("a.yaml", "kind: Gateway\nmetadata: {name: a\u0001}\n")))
                .singleElement()
                .asString()
                .startsWith("a.yaml:2:19: ")
                .contains("U+0001");
    }

    @Test
    void aByteOrderMarkIsReadOver() {
        assertThat(Manifests.parse("a.yaml", "\ufeff" + ROUTE).objects()).hasSize(1);
    }

    @Test
    void anEventsJsonMayLeaveOutItsKindWhenTheEventSaysIt() {
        String json = "{\"metadata\": {\"name\": \"a\"}, \"spec\": {\"connect_timeout\": \"1s\"}}";

        assertThat(Manifests.parseJson(json, Optional.of(Kind.SERVICE)).problems())
                .isEmpty();
        assertThat(Manifests.parseJson(json, Optional.empty()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.field()).isEqualTo("kind"));
        assertThat(Manifests.parseJson("{\"kind\": \"Gateway\"}", Optional.of(Kind.SERVICE))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.expected()).startsWith("Service"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{'kind': 1}", "{\"a\": 01}", "{\"a\": NaN}", "[1]", "3", "{} {}", "{\"a\": \"\t\"}"})
    void whatIsNoJsonObjectIsAProblem(String text) {
        ParsedObject parsed = Manifests.parseJson(text, Optional.of(Kind.SERVICE));

        assertThat(parsed.object()).isNull();
        assertThat(parsed.problems()).isNotEmpty();
    }

    private static List<String> texts(ParsedFile file) {
        return file.problems().stream().map(ManifestProblem::text).toList();
    }
}
