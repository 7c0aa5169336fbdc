package io.tailrace.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.schemas.kind.InvalidKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeysTest {
    private static final String CLUSTER = "envoy.config.cluster.v3.Cluster";

    @Test
    void aBodyThatGroupsShareHasAnEmptyScope() {
        String key = RecordKeys.body("default", CLUSTER, "", "shop/api/80");

        assertThat(key).isEqualTo("default/envoy.config.cluster.v3.Cluster//shop%2Fapi%2F80");
        assertThat(RecordKeys.parseResource(key))
                .isEqualTo(new ResourceKey.OfBody("default", CLUSTER, "", "shop/api/80"));
    }

    @Test
    void groupsListsAndMarkersAreToldApart() {
        assertThat(RecordKeys.parseResource(RecordKeys.group("m", "edge")))
                .isEqualTo(new ResourceKey.OfGroup("m", "edge"));
        assertThat(RecordKeys.list("m", "edge", CLUSTER, 12)).isEqualTo("m/edge/" + CLUSTER + ".12");
        assertThat(RecordKeys.parseResource(RecordKeys.list("m", "edge", CLUSTER, 12)))
                .isEqualTo(new ResourceKey.OfList("m", "edge", CLUSTER, 12));
        assertThat(RecordKeys.parseResource(RecordKeys.MARKER)).isEqualTo(new ResourceKey.OfMarker());
    }

    @Test
    void anAssignmentIsOneSegmentWithinItsMesh() {
        String key = RecordKeys.assignment("m", "shop/api/80~0a1b2c3d");

        assertThat(key).isEqualTo("m/shop%2Fapi%2F80~0a1b2c3d");
        assertThat(RecordKeys.parseAssignment(key))
                .isEqualTo(new AssignmentKey.OfAssignment("m", "shop/api/80~0a1b2c3d"));
        assertThat(RecordKeys.parseAssignment(RecordKeys.MARKER)).isEqualTo(new AssignmentKey.OfMarker());
    }

    @Test
    void aNodesReportIsUnderItsGateway() {
        assertThat(RecordKeys.parseFleet(RecordKeys.node("gw-1", "a/b"))).isEqualTo(new FleetKey.OfNode("gw-1", "a/b"));
        assertThat(RecordKeys.parseFleet(RecordKeys.gateway("gw-1"))).isEqualTo(new FleetKey.OfGateway("gw-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mark", "a/b/c", "a/b/c.x", "a/b/c/d/e", "a/b%2f", ""})
    void whatNamesNothingOnResourcesIsAnErrorThatShowsIt(String key) {
        assertThatThrownBy(() -> RecordKeys.parseResource(key))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("\"" + key + "\"");
    }
}
