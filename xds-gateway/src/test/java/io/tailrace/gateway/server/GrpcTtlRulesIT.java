package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import com.google.protobuf.util.Durations;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.Types;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** XDS.md, rule 28, over gRPC: the names of the client's features, and what goes over the wire. */
class GrpcTtlRulesIT extends GrpcRules {
    private static final long TTL_MS = 1_000;
    private static final Thing TIMED = cluster("timed", 1).withTtl(TTL_MS);

    private static Node node(String... features) {
        return NODE.toBuilder().addAllClientFeatures(List.of(features)).build();
    }

    @Test
    void rule_28_delta_gets_ttls_and_heartbeats_and_all_of_it_when_it_rejects_one() throws Exception {
        publish(views.put(TIMED));
        try (var client = delta()) {
            DeltaDiscoveryResponse first = client.send(delta(Types.CLUSTER)
                            .setNode(node("xds.config.supports-resource-ttl"))
                            .build())
                    .next();
            assertThat(names(first)).containsExactly("a", "timed");
            assertThat(first.getResources(0).hasTtl()).isFalse();
            Resource timed = first.getResources(1);
            assertThat(Durations.toMillis(timed.getTtl())).isEqualTo(TTL_MS);
            client.send(ack(first));

            DeltaDiscoveryResponse heartbeat = client.next();
            for (int i = 0; i < 3; i++) {
                assertThat(heartbeat.getResourcesList())
                        .containsExactly(timed.toBuilder().clearResource().build());
                assertThat(heartbeat.getTypeUrl()).isEqualTo(Types.CLUSTER);
                client.send(ack(heartbeat));
                heartbeat = client.next();
            }
            client.send(ack(heartbeat).toBuilder()
                    .setErrorDetail(Status.newBuilder().setMessage("no such cluster"))
                    .build());
            DeltaDiscoveryResponse again = client.next();
            while (!again.getResources(0).hasResource()) { // On a machine that is busy one may have been on its way.
                again = client.next();
            }
            assertThat(again.getResourcesList()).containsExactly(timed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xds.config.resource-in-sotw", "xds.config.supports-resource-in-sotw"})
    void rule_28_sotw_gets_what_has_a_ttl_in_a_resource_and_again_and_again(String wrapped) throws Exception {
        publish(views.put(TIMED));
        try (var client = sotw()) {
            DiscoveryResponse response = client.send(sotw(Types.CLUSTER)
                            .setNode(node("xds.config.supports-resource-ttl", wrapped))
                            .build())
                    .next();
            for (int i = 0; i < 3; i++) {
                assertThat(response.getResourcesList())
                        .extracting(Any::getTypeUrl)
                        .containsExactly(Types.CLUSTER, "type.googleapis.com/envoy.service.discovery.v3.Resource");
                Resource timed = response.getResources(1).unpack(Resource.class);
                assertThat(timed.getName()).isEqualTo("timed");
                assertThat(Durations.toMillis(timed.getTtl())).isEqualTo(TTL_MS);
                assertThat(timed.getResource().getTypeUrl()).isEqualTo(Types.CLUSTER);
                assertThat(timed.getResource().getValue())
                        .isEqualTo(TIMED.message().toByteString());
                client.send(ack(response));
                DiscoveryResponse next = client.next();
                assertThat(next.getVersionInfo()).isEqualTo(response.getVersionInfo());
                assertThat(next.getResourcesList()).isEqualTo(response.getResourcesList());
                response = next;
            }
        }
    }

    @Test
    void rule_28_in_sotw_what_is_watched_by_name_has_no_ttl() throws Exception {
        publish(views.put(
                Thing.of(Types.RUNTIME, "one", StringValue.of("faults"), false).withTtl(TTL_MS)));
        try (var client = sotw()) {
            DiscoveryResponse response = client.send(sotw(Types.RUNTIME, "one")
                            .setNode(node("xds.config.supports-resource-ttl", "xds.config.resource-in-sotw"))
                            .build())
                    .next();
            assertThat(response.getResources(0).getTypeUrl()).isEqualTo(Types.RUNTIME);
            client.send(ack(response, "one"));
            sotwHeardNothing(client);
        }
    }

    @Test
    void rule_28_a_client_that_says_nothing_of_ttls_gets_none() throws Exception {
        publish(views.put(TIMED));
        try (var delta = delta();
                var sotw = sotw()) {
            DeltaDiscoveryResponse one = delta.send(delta(Types.CLUSTER)
                            .setNode(node("xds.config.resource-in-sotw", "envoy.lb.does_not_support_overprovisioning"))
                            .build())
                    .next();
            DiscoveryResponse other = sotw.send(sotw(Types.CLUSTER)
                            .setNode(node("xds.config.supports-resource-ttl"))
                            .build())
                    .next();
            assertThat(one.getResourcesList()).noneMatch(Resource::hasTtl);
            assertThat(other.getResourcesList()).extracting(Any::getTypeUrl).containsOnly(Types.CLUSTER);
            delta.send(ack(one));
            sotw.send(ack(other));
            deltaHeardNothing(delta);
            sotwHeardNothing(sotw);
        }
    }
}
