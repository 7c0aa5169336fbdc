package io.tailrace.translator.past;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldDifferenceTest {
    private static final String ROUTE = """
            kind: HTTPRoute
            metadata: {name: shop, labels: {team: cart}}
            spec:
              parentRefs: [{name: edge}]
              rules:
              - matches: [{path: {value: /cart}}]
                backendRefs: [{name: cart, port: 80, weight: 90}, {name: cart-v2, port: 80, weight: 10}]
            """;

    @Test
    void aFieldIsNamedByItsPathWithBothValues() {
        assertThat(difference(ROUTE, ROUTE.replace("weight: 10", "weight: 50")))
                .containsExactly("spec.rules[0].backendRefs[1].weight: 10 -> 50");
        assertThat(difference(ROUTE, ROUTE.replace("/cart}", "/tea}")))
                .containsExactly("spec.rules[0].matches[0].path.value: \"/cart\" -> \"/tea\"");
    }

    @Test
    void whatIsEqualIsNotNamed() {
        assertThat(difference(ROUTE, ROUTE)).isEmpty();
    }

    @Test
    void anItemMoreInAListIsNamedAloneWhereverItStands() {
        assertThat(difference(ROUTE, ROUTE.replace("[{name: cart,", "[{name: first, port: 1}, {name: cart,")))
                .containsExactly("spec.rules[0].backendRefs[0]: + {\"name\":\"first\",\"port\":1}");
        assertThat(difference(ROUTE.replace("[{name: cart,", "[{name: first, port: 1}, {name: cart,"), ROUTE))
                .containsExactly("spec.rules[0].backendRefs[0]: - {\"name\":\"first\",\"port\":1}");
    }

    @Test
    void whatIsShownWholeHasTheNamesOfManifests() {
        String rule = "  - backendRefs: [{name: cart, port: 80}]\n    timeouts: {request: 2s, backendRequest: 1s}\n";

        assertThat(difference(ROUTE, ROUTE + rule))
                .containsExactly("spec.rules[1]: + {\"backendRefs\":[{\"name\":\"cart\",\"port\":80}],"
                        + "\"timeouts\":{\"request\":\"2s\",\"backendRequest\":\"1s\"}}");
    }

    @Test
    void entriesOfMapsAreNamedByTheirKey() {
        assertThat(difference(ROUTE, ROUTE.replace("team: cart", "team: shop, tier: web")))
                .containsExactly("metadata.labels[team]: \"cart\" -> \"shop\"", "metadata.labels[tier]: + \"web\"");
    }

    @Test
    void aFieldThatComesOrGoesIsNamedAsFarAsItIsFilled() {
        assertThat(difference(ROUTE, ROUTE + "    timeouts: {request: 2s}\n"))
                .containsExactly("spec.rules[0].timeouts.request: \"\" -> \"2s\"");
    }

    @Test
    void aNewObjectIsAllItsFields() {
        Message route = object(ROUTE);

        assertThat(texts(FieldDifference.between(HTTPRoute.getDefaultInstance(), route)))
                .contains("metadata.name: \"\" -> \"shop\"", "spec.parentRefs[0]: + {\"name\":\"edge\"}");
    }

    @Test
    void packedMessagesAreLookedIntoByEnvoysNames() {
        String raw = """
            kind: EnvoyResource
            metadata: {name: raw}
            spec:
              groups: [edge]
              resource: {"@type": type.googleapis.com/envoy.config.cluster.v3.Cluster, name: raw, connect_timeout: 1s}
            """;

        assertThat(difference(raw, raw.replace("1s", "2s")))
                .containsExactly("spec.resource.connect_timeout: \"1s\" -> \"2s\"");
        assertThat(difference(
                        raw,
                        raw.replace("cluster.v3.Cluster", "listener.v3.Listener")
                                .replace(", connect_timeout: 1s", "")))
                .singleElement()
                .asString()
                .startsWith("spec.resource: {\"@type\":\"type.googleapis.com/envoy.config.cluster.v3.Cluster\"")
                .contains(" -> {\"@type\":\"type.googleapis.com/envoy.config.listener.v3.Listener\"");
    }

    @Test
    void aTtlIsAFieldOfAResource() {
        assertThat(texts(FieldDifference.between(raw(Duration.ofSeconds(30)), raw(Duration.ofMillis(1500)))))
                .containsExactly("ttl: \"30s\" -> \"1.500s\"");
        assertThat(texts(FieldDifference.between(raw(Duration.ZERO), raw(Duration.ofHours(1)))))
                .containsExactly("ttl: + \"3600s\"");
    }

    private static Resource raw(Duration ttl) {
        ResourceName id = new ResourceName(ResourceTypes.CLUSTER, "raw");
        return new Resource(id, "edge", ByteString.EMPTY, List.of(), List.of(), new Resource.Raw(ttl));
    }

    private static List<String> difference(String before, String after) {
        return texts(FieldDifference.between(object(before), object(after)));
    }

    private static List<String> texts(List<FieldChange> changes) {
        return changes.stream().map(FieldChange::text).toList();
    }

    private static Message object(String yaml) {
        return Manifests.parse("test.yaml", yaml).objects().getFirst().object();
    }
}
