package io.tailrace.translator.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.Condition;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.GatewaySpec;
import io.tailrace.schemas.v1.HTTPDirectResponseFilter;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.HTTPRouteFilter;
import io.tailrace.schemas.v1.HTTPRouteRule;
import io.tailrace.schemas.v1.HTTPRouteSpec;
import io.tailrace.schemas.v1.Listener;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.ParentReference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A group that can't be translated, here since its routes together are too large for a record of Kafka. */
class FailedGroupTest {
    private static final int HALF = Topic.maxOutputBytes() / 2;

    private final BothLanes lanes = new BothLanes();

    @BeforeEach
    void twoGroups() {
        put(gateway("a"));
        put(gateway("b"));
        put(route("half", "a", "h".repeat(HALF)));
    }

    @Test
    void aGroupThatFailsKeepsWhatItHadAndHarmsNoOther() {
        put(route("straw", "a", "s".repeat(HALF)));
        put(route("small", "b", "hello b"));

        assertThat(routes("a")).contains("hhh").doesNotContain("sss");
        assertThat(routes("b")).contains("hello b");
        assertThat(conditions("HTTPRoute/default/straw")).anyMatch(FailedGroupTest::isQuarantined);
        assertThat(conditions("Gateway/default/a")).anyMatch(FailedGroupTest::isQuarantined);
        assertThat(conditions("Gateway/default/b")).noneMatch(FailedGroupTest::isQuarantined);
    }

    @Test
    void aGroupThatFailedIsTranslatedAgainWithItsNextChange() {
        put(route("straw", "a", "s".repeat(HALF)));

        put(route("straw", "a", "hello a"));

        assertThat(routes("a")).contains("hhh").contains("hello a");
        assertThat(conditions("Gateway/default/a")).noneMatch(FailedGroupTest::isQuarantined);
    }

    private void put(Message object) {
        lanes.event(ObjectKey.of(object), object);
    }

    private String routes(String group) {
        String key = "default/envoy.config.route.v3.RouteConfiguration/" + group + "/8080";
        byte[] value = lanes.configState().standing(Topic.RESOURCES, key);
        assertThat(value).isNotNull();
        return new String(value, StandardCharsets.ISO_8859_1);
    }

    private List<Condition> conditions(String object) {
        try {
            byte[] value = lanes.configState().standing(Topic.STATUS, "default/" + object);
            assertThat(value).isNotNull();
            return ObjectStatus.parseFrom(value).getConditionsList();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isQuarantined(Condition condition) {
        return condition.getType() == Condition.Type.Quarantined && condition.getStatus();
    }

    private static Gateway gateway(String name) {
        return Gateway.newBuilder()
                .setMetadata(metadata(name))
                .setSpec(GatewaySpec.newBuilder()
                        .addGroups(name)
                        .addListeners(Listener.newBuilder()
                                .setName("http")
                                .setPort(8080)
                                .setProtocol(Listener.Protocol.HTTP)))
                .build();
    }

    private static HTTPRoute route(String name, String gateway, String body) {
        return HTTPRoute.newBuilder()
                .setMetadata(metadata(name))
                .setSpec(HTTPRouteSpec.newBuilder()
                        .addParentRefs(ParentReference.newBuilder().setName(gateway))
                        .addHostnames(name + ".example.com")
                        .addRules(HTTPRouteRule.newBuilder()
                                .addFilters(HTTPRouteFilter.newBuilder()
                                        .setType(HTTPRouteFilter.Type.DirectResponse)
                                        .setDirectResponse(HTTPDirectResponseFilter.newBuilder()
                                                .setStatus(200)
                                                .setBody(body)))))
                .build();
    }

    private static Metadata metadata(String name) {
        return Metadata.newBuilder()
                .setMesh("default")
                .setNamespace("default")
                .setName(name)
                .build();
    }
}
