package io.tailrace.schemas.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.GatewaySpec;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.schemas.v1.HTTPRouteSpec;
import io.tailrace.schemas.v1.Metadata;
import org.junit.jupiter.api.Test;

class NormalizationTest {
    private static final Metadata NAMED = Metadata.newBuilder().setName("a").build();
    private static final Metadata WHOLE =
            NAMED.toBuilder().setMesh("default").setNamespace("default").build();

    @Test
    void meshAndNamespaceAreDefaultWhenLeftOutAndNothingElseIsFilledIn() {
        HTTPRoute route = HTTPRoute.newBuilder()
                .setMetadata(NAMED)
                .setSpec(HTTPRouteSpec.newBuilder().addRules(HTTPRouteRule.getDefaultInstance()))
                .build();

        assertThat(Normalization.normalize(route))
                .isEqualTo(route.toBuilder().setMetadata(WHOLE).build());
    }

    @Test
    void whatIsSaidStays() {
        Metadata said = NAMED.toBuilder().setMesh("m").setNamespace("n").build();

        assertThat(Normalization.normalize(
                                HTTPRoute.newBuilder().setMetadata(said).build())
                        .getMetadata())
                .isEqualTo(said);
    }

    @Test
    void gatewayClassNameBecomesAGroupUnlessThereAreGroups() {
        GatewaySpec named = GatewaySpec.newBuilder().setGatewayClassName("edge").build();
        GatewaySpec both = named.toBuilder().addGroups("inner").build();

        assertThat(normalized(named))
                .isEqualTo(GatewaySpec.newBuilder().addGroups("edge").build());
        assertThat(normalized(both)).isEqualTo(both);
    }

    @Test
    void anEndpointsInstanceAndNameStandForEachOther() {
        EndpointSpec instance = EndpointSpec.newBuilder().setInstance("a").build();
        Endpoint whole =
                Endpoint.newBuilder().setMetadata(WHOLE).setSpec(instance).build();

        assertThat(Normalization.normalize(
                        Endpoint.newBuilder().setMetadata(NAMED).build()))
                .isEqualTo(whole);
        assertThat(Normalization.normalize(
                        Endpoint.newBuilder().setSpec(instance).build()))
                .isEqualTo(whole);
    }

    @Test
    void whatIsNormalIsKeptAsItIs() {
        Gateway gateway =
                Normalization.normalize(Gateway.newBuilder().setMetadata(NAMED).build());

        assertThat(Normalization.normalize(gateway)).isEqualTo(gateway);
    }

    private static GatewaySpec normalized(GatewaySpec spec) {
        return Normalization.normalize(Gateway.newBuilder().setSpec(spec).build())
                .getSpec();
    }
}
