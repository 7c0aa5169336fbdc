package io.tailrace.schemas.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.Durations;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.HTTPPathMatch;
import io.tailrace.schemas.v1.HTTPRoute;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    private static List<String> texts(ParsedFile file) {
        return file.problems().stream().map(ManifestProblem::text).toList();
    }
}
