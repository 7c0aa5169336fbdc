package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What responses say, over real gRPC: XDS.md, rules 5, 6, and 15 to 20. */
class GrpcContentRulesIT extends GrpcRules {
    @Test
    void rule_05_an_ack_is_not_answered() throws Exception {
        try (var sotw = sotw();
                var delta = delta()) {
            DiscoveryResponse one =
                    sotw.send(sotw(Types.CLUSTER).setNode(NODE).build()).next();
            DeltaDiscoveryResponse other =
                    delta.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            sotw.send(ack(one));
            delta.send(ack(other));
            publish(views.put(cluster("b", 1)));
            assertThat(sotw.next().getResourcesCount()).isEqualTo(2);
            assertThat(names(delta.next())).containsExactly("b");
            assertThat(sotw.pending()).isNull();
            assertThat(delta.pending()).isNull();
        }
    }

    @Test
    void rule_06_a_rejected_resource_is_not_sent_again_until_it_changes() throws Exception {
        try (var client = delta()) {
            client.send(
                    ack(client.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
            publish(views.put(cluster("a", 2)));
            client.send(ack(client.next()).toBuilder()
                    .setErrorDetail(Status.newBuilder().setMessage("no such filter"))
                    .build());
            publish(views.put(cluster("b", 1)));
            DeltaDiscoveryResponse next = client.next();
            assertThat(names(next)).containsExactly("b");
            client.send(ack(next));
            publish(views.put(cluster("a", 3)));
            assertThat(names(client.next())).containsExactly("a");
        }
    }

    @Test
    void rule_15_the_last_cluster_that_goes_is_told_by_an_empty_response() throws Exception {
        try (var client = sotw()) {
            client.send(
                    ack(client.send(sotw(Types.CLUSTER).setNode(NODE).build()).next()));
            publish(views.remove(cluster("a", 1)));
            DiscoveryResponse response = client.next();
            assertThat(response.getTypeUrl()).isEqualTo(Types.CLUSTER);
            assertThat(response.getResourcesCount()).isZero();
        }
    }

    @Test
    void rule_16_and_18_delta_sends_what_changed_with_the_views_versions_and_what_is_gone_once() throws Exception {
        try (var client = delta()) {
            client.send(
                    ack(client.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
            publish(views.change(List.of(cluster("b", 1)), List.of()));
            DeltaDiscoveryResponse made = client.next();
            assertThat(made.getResourcesList())
                    .singleElement()
                    .satisfies(
                            b -> assertThat(b.getVersion()).isEqualTo(Views.version(views.view(), Types.CLUSTER, "b")));
            client.send(ack(made));
            publish(views.remove(cluster("b", 1)));
            DeltaDiscoveryResponse gone = client.next();
            assertThat(gone.getRemovedResourcesList()).containsExactly("b");
            client.send(ack(gone));
            publish(views.put(cluster("a", 2)));
            assertThat(client.next().getRemovedResourcesList()).isEmpty();
        }
    }

    @Test
    void rule_19_and_20_a_reconnect_with_the_current_versions_is_not_answered() throws Exception {
        String version;
        try (var client = sotw()) {
            version = client.send(sotw(Types.CLUSTER).setNode(NODE).build())
                    .next()
                    .getVersionInfo();
        }
        try (var sotw = sotw();
                var delta = delta()) {
            sotw.send(sotw(Types.CLUSTER).setNode(NODE).setVersionInfo(version).build());
            delta.send(delta(Types.CLUSTER)
                    .setNode(NODE)
                    .putInitialResourceVersions("a", Views.version(views.view(), Types.CLUSTER, "a"))
                    .build());
            sotw.send(sotw(Types.SECRET, "one").build());
            delta.send(delta(Types.SECRET, "one").build());
            assertThat(sotw.next().getTypeUrl()).isEqualTo(Types.SECRET);
            assertThat(delta.next().getTypeUrl()).isEqualTo(Types.SECRET);
        }
    }

    @Test
    void rule_17_a_change_is_one_response_and_a_listener_goes_in_that_of_the_one_that_takes_its_address()
            throws Exception {
        try (var client = delta()) {
            client.send(
                    ack(client.send(delta(Types.LISTENER).setNode(NODE).build()).next()));
            publish(views.change(List.of(listener("m", 1, "r"), listener("n", 1, "r")), List.of(listener("l", 1))));
            DeltaDiscoveryResponse response = client.next();
            assertThat(names(response)).containsExactly("m", "n");
            assertThat(response.getRemovedResourcesList()).containsExactly("l");
            client.send(ack(response));
            deltaHeardNothing(client);
        }
    }

    @Test
    void rule_17_what_has_more_than_2_mib_comes_in_several_responses() throws Exception {
        Thing[] large = IntStream.range(0, 5)
                .mapToObj(i -> Thing.of(Types.EXTENSION, "e" + i, StringValue.of("x".repeat(1 << 20)), false))
                .toArray(Thing[]::new);
        publish(views.put(large));
        try (var client = sotw()) {
            client.send(sotw(Types.EXTENSION, "e0", "e1", "e2", "e3", "e4")
                    .setNode(NODE)
                    .build());
            int resources = 0;
            while (resources < 5) {
                DiscoveryResponse part = client.next();
                assertThat(part.getSerializedSize()).isLessThan((2 << 20) + 1_000);
                resources += part.getResourcesCount();
            }
        }
    }

    @Test
    void rule_18_the_sotw_version_is_the_same_at_another_gateway_that_has_the_content_at_other_positions()
            throws Exception {
        String here;
        try (var client = sotw()) {
            here = client.send(sotw(Types.CLUSTER).setNode(NODE).build()).next().getVersionInfo();
        }
        views.put(cluster("a", 2));
        views.put(cluster("a", 1));
        restart(XdsServerSettings.of("127.0.0.1", 0));
        try (var client = sotw()) {
            assertThat(client.send(sotw(Types.CLUSTER).setNode(NODE).build())
                            .next()
                            .getVersionInfo())
                    .isEqualTo(here);
        }
    }

    @Test
    void rule_20_a_sotw_client_that_names_what_it_has_is_answered_in_full() throws Exception {
        String version;
        try (var client = sotw()) {
            version = client.send(sotw(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                    .next()
                    .getVersionInfo();
        }
        try (var client = sotw()) {
            DiscoveryResponse response = client.send(sotw(Types.ASSIGNMENT, "a~1")
                            .setNode(NODE)
                            .setVersionInfo(version)
                            .build())
                    .next();
            assertThat(names(response)).containsExactly("a~1");
        }
    }
}
