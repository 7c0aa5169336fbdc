package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Status.Code;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams, nodes and subscriptions over real gRPC: XDS.md, rules 1 to 4, 7, and 9 to 14. */
class GrpcSubscriptionRulesIT extends GrpcRules {
    static List<PerTypeService> services() {
        return PerTypeService.ALL;
    }

    static List<PerTypeService> sotwServices() {
        return PerTypeService.ALL.stream().filter(PerTypeService::hasSotw).toList();
    }

    @Test
    void rule_01_every_service_that_envoy_defines_is_served_in_every_variant() {
        assertThat(Arrays.stream(DiscoveryService.values())
                        .map(service -> service.bind((call, settings) -> new io.grpc.ServerCall.Listener<>() {})
                                .getServiceDescriptor())
                        .collect(Collectors.toMap(
                                io.grpc.ServiceDescriptor::getName,
                                descriptor -> descriptor.getMethods().stream()
                                        .map(io.grpc.MethodDescriptor::getBareMethodName)
                                        .sorted()
                                        .toList())))
                .isEqualTo(PerTypeService.definedByEnvoy());
    }

    @ParameterizedTest
    @MethodSource("sotwServices")
    void rule_01_a_sotw_service_takes_an_empty_type_url_as_its_own_type(PerTypeService service) throws Exception {
        try (var client = new DiscoveryClient<>(channel(), service.sotw())) {
            DiscoveryResponse response =
                    client.send(sotw("", service.name()).setNode(NODE).build()).next();
            assertThat(response.getTypeUrl()).isEqualTo(service.typeUrl());
            assertThat(response.getResourcesList())
                    .singleElement()
                    .satisfies(any -> assertThat(any.getTypeUrl()).isEqualTo(service.typeUrl()));
            client.send(sotw(Types.CLUSTER + "X").build());
            assertThat(client.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void rule_01_a_delta_service_takes_an_empty_type_url_as_its_own_type(PerTypeService service) throws Exception {
        try (var client = new DiscoveryClient<>(channel(), service.delta())) {
            DeltaDiscoveryResponse response =
                    client.send(delta("", service.name()).setNode(NODE).build()).next();
            assertThat(response.getTypeUrl()).isEqualTo(service.typeUrl());
            assertThat(names(response)).containsExactly(service.name());
            client.send(delta(Types.CLUSTER + "X").build());
            assertThat(client.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        }
    }

    @Test
    void rule_01_an_empty_type_url_on_ads_ends_the_stream_with_a_text_that_says_so() throws Exception {
        try (var sotw = sotw();
                var delta = delta()) {
            sotw.send(sotw("").setNode(NODE).build());
            delta.send(delta("").setNode(NODE).build());
            for (io.grpc.Status end : List.of(sotw.end(), delta.end())) {
                assertThat(end.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
                assertThat(end.getDescription()).contains("type_url");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("services")
    void rule_02_a_first_message_without_node_id_ends_the_stream_with_a_text_that_says_so(PerTypeService service)
            throws Exception {
        try (var client = new DiscoveryClient<>(channel(), service.delta())) {
            client.send(
                    delta("").setNode(Node.newBuilder().setCluster(Views.GROUP)).build());
            assertThat(client.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(client.end().getDescription()).contains("node.id");
        }
        if (service.hasSotw()) {
            try (var client = new DiscoveryClient<>(channel(), service.sotw())) {
                client.send(sotw("").build());
                assertThat(client.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
                assertThat(client.end().getDescription()).contains("node.id");
            }
        }
    }

    @Test
    void rule_02_later_messages_may_leave_the_node_out() throws Exception {
        try (var client = delta()) {
            client.send(delta(Types.CLUSTER).setNode(NODE).build());
            assertThat(names(client.next())).containsExactly("a");
            client.send(delta(Types.LISTENER).build());
            assertThat(client.pending())
                    .as("listeners wait for the clusters' ack")
                    .isNull();
        }
    }

    @Test
    void rule_03_every_response_has_a_nonce_of_its_own() throws Exception {
        try (var client = sotw()) {
            DiscoveryResponse first =
                    client.send(sotw(Types.CLUSTER).setNode(NODE).build()).next();
            DiscoveryResponse second =
                    client.send(ack(first)).send(sotw(Types.LISTENER).build()).next();
            assertThat(first.getNonce()).isNotEmpty().isNotEqualTo(second.getNonce());
        }
    }

    @Test
    void rule_04_a_stale_sotw_request_is_not_answered() throws Exception {
        try (var client = sotw()) {
            DiscoveryResponse first = client.send(
                            sotw(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                    .next();
            client.send(ack(first, "a~1"));
            publish(views.put(assignment("a", 2), cluster("b", 1), assignment("b", 1)));
            DiscoveryResponse second = client.next();
            client.send(ack(first, "a~1", "b~1")); // stale: what it names is not heard
            client.send(ack(second, "a~1"));
            publish(views.put(assignment("b", 2)));
            publish(views.put(assignment("a", 3)));
            assertThat(client.next().getResources(0).getValue())
                    .isEqualTo(assignment("a", 3).message().toByteString());
        }
    }

    @Test
    void rule_07_a_node_that_no_group_selects_waits_on_an_open_stream() throws Exception {
        try (var client = delta()) {
            client.send(delta(Types.CLUSTER)
                    .setNode(Node.newBuilder().setId("x").setCluster("later"))
                    .build());
            publish(views.group("later"));
            assertThat(names(client.next())).containsExactly("a");
            assertThat(client.isOpen()).isTrue();
        }
    }

    @Test
    void rule_11_an_empty_list_after_names_unsubscribes_from_all() throws Exception {
        try (var client = sotw()) {
            DiscoveryResponse first = client.send(
                            sotw(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                    .next();
            client.send(ack(first)); // with no name
            publish(views.put(assignment("a", 2)));
            client.send(sotw(Types.SECRET, "one").build());
            assertThat(client.next().getTypeUrl()).isEqualTo(Types.SECRET);
        }
    }

    @Test
    void rule_14_delta_says_at_once_that_a_cluster_does_not_exist() throws Exception {
        try (var client = delta()) {
            DeltaDiscoveryResponse response = client.send(
                            delta(Types.CLUSTER, "a", "none").setNode(NODE).build())
                    .next();
            assertThat(names(response)).containsExactly("a");
            assertThat(response.getRemovedResourcesList()).containsExactly("none");
        }
    }

    @Test
    void rule_09_the_legacy_wildcard_gives_clusters_listeners_and_scoped_routes_and_nothing_of_other_types()
            throws Exception {
        try (var sotw = sotw();
                var delta = delta()) {
            sotw.send(sotw(Types.ASSIGNMENT).setNode(NODE).build());
            delta.send(delta(Types.ASSIGNMENT).setNode(NODE).build());
            // The first wildcard of a type is answered, with nothing if it gives nothing (rule 5).
            assertThat(sotw.next().getResourcesList()).isEmpty();
            assertThat(delta.next().getResourcesList()).isEmpty();
            for (String type : List.of(Types.LISTENER, Types.SCOPED_ROUTE, Types.CLUSTER)) {
                sotw.send(sotw(type).build());
                delta.send(delta(type).build());
                assertThat(sotw.next())
                        .returns(type, DiscoveryResponse::getTypeUrl)
                        .returns(1, DiscoveryResponse::getResourcesCount);
                assertThat(delta.next())
                        .returns(type, DeltaDiscoveryResponse::getTypeUrl)
                        .returns(1, DeltaDiscoveryResponse::getResourcesCount);
            }
        }
    }

    @Test
    void rule_09_a_name_that_neither_the_groups_lists_nor_these_refer_to_is_not_given() throws Exception {
        publish(views.put(assignment("stranger", 1)));
        try (var sotw = sotw();
                var delta = delta()) {
            sotw.send(sotw(Types.ASSIGNMENT, "a~1", "stranger~1").setNode(NODE).build());
            delta.send(
                    delta(Types.ASSIGNMENT, "a~1", "stranger~1").setNode(NODE).build());
            assertThat(names(sotw.next())).containsExactly("a~1");
            assertThat(names(delta.next())).containsExactly("a~1");
        }
    }

    @Test
    void rule_10_a_wildcard_may_stand_beside_names_and_a_name_replaces_the_legacy_one_in_sotw_only() throws Exception {
        publish(views.put(cluster("b", 1), assignment("b", 1)));
        try (var both = sotw();
                var sotw = sotw();
                var delta = delta()) {
            DiscoveryResponse all = both.send(
                            sotw(Types.CLUSTER, "*", "b").setNode(NODE).build())
                    .next();
            assertThat(names(all)).containsExactly("a", "b");
            both.send(ack(all, "*", "b"));
            DiscoveryResponse legacy =
                    sotw.send(sotw(Types.CLUSTER).setNode(NODE).build()).next();
            sotw.send(ack(legacy, "a"));
            DiscoveryResponse one = sotw.next();
            assertThat(names(one)).containsExactly("a");
            sotw.send(ack(one, "a"));
            delta.send(
                    ack(delta.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
            DeltaDiscoveryResponse again =
                    delta.send(delta(Types.CLUSTER, "a").build()).next();
            assertThat(names(again)).containsExactly("a");
            delta.send(ack(again));

            publish(views.put(cluster("b", 2)));

            assertThat(names(both.next())).containsExactly("a", "b");
            assertThat(names(delta.next())).containsExactly("b");
            sotwHeardNothing(sotw);
        }
    }

    @Test
    void rule_12_a_name_that_comes_back_into_a_sotw_list_is_sent_though_it_has_not_changed() throws Exception {
        publish(views.put(cluster("b", 1), assignment("b", 1)));
        try (var client = sotw()) {
            DiscoveryResponse both = client.send(
                            sotw(Types.ASSIGNMENT, "a~1", "b~1").setNode(NODE).build())
                    .next();
            client.send(ack(both, "b~1"));
            client.send(ack(both, "a~1", "b~1"));
            assertThat(names(client.next())).containsExactly("a~1");
        }
    }

    @Test
    void rule_13_what_delta_subscribes_to_again_is_sent_again_and_what_leaves_under_a_wildcard_is_answered()
            throws Exception {
        try (var client = delta()) {
            client.send(
                    ack(client.send(delta(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                            .next()));
            DeltaDiscoveryResponse again =
                    client.send(delta(Types.ASSIGNMENT, "a~1").build()).next();
            assertThat(names(again)).containsExactly("a~1");
            client.send(ack(again));
            client.send(ack(
                    client.send(delta(Types.CLUSTER, "*", "a", "none").build()).next()));
            // Its clusters were sent, so the load assignment followed them (rule 23).
            client.send(ack(client.next()));
            DeltaDiscoveryResponse left = client.send(delta(Types.CLUSTER)
                            .addResourceNamesUnsubscribe("a")
                            .addResourceNamesUnsubscribe("none")
                            .build())
                    .next();
            assertThat(names(left)).containsExactly("a");
            assertThat(left.getRemovedResourcesList()).containsExactly("none");
        }
    }
}
