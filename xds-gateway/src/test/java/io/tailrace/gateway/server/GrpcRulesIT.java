package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.netty.NettyChannelBuilder;
import io.tailrace.gateway.testing.RecordedStreams;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** XDS.md's rules as a client feels them: over real gRPC streams, by the stubs that Envoy's API has. */
@ExtendWith(RecordedStreams.class)
class GrpcRulesIT {
    private static final Node NODE =
            Node.newBuilder().setId("n1").setCluster(Views.GROUP).build();

    private final Views views = Views.of(
            cluster("a", 1),
            assignment("a", 1),
            listener("l", 1, "r"),
            route("r", 1, "a"),
            Thing.of(Types.SCOPED_ROUTE, "one", StringValue.of("scope"), true),
            Thing.of(Types.VIRTUAL_HOST, "one", StringValue.of("host"), false),
            Thing.of(Types.SECRET, "one", StringValue.of("key"), false),
            Thing.of(Types.EXTENSION, "one", StringValue.of("filter"), false),
            Thing.of(Types.RUNTIME, "one", StringValue.of("layer"), false));

    private XdsServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        connect(XdsServerSettings.of("127.0.0.1", 0));
    }

    private void connect(XdsServerSettings settings) throws IOException {
        server = XdsServer.start(settings, views.view(), FleetObserver.NONE, RealThings.NEWEST);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    private DiscoveryClient<DiscoveryRequest, DiscoveryResponse> sotw() {
        return new DiscoveryClient<>(channel, AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod());
    }

    private DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta() {
        return new DiscoveryClient<>(channel, AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod());
    }

    private static DiscoveryRequest.Builder sotw(String typeUrl, String... names) {
        return DiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNames(List.of(names));
    }

    private static DeltaDiscoveryRequest.Builder delta(String typeUrl, String... names) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(typeUrl).addAllResourceNamesSubscribe(List.of(names));
    }

    private static DiscoveryRequest ack(DiscoveryResponse response, String... names) {
        return sotw(response.getTypeUrl(), names)
                .setResponseNonce(response.getNonce())
                .setVersionInfo(response.getVersionInfo())
                .build();
    }

    private static DeltaDiscoveryRequest ack(DeltaDiscoveryResponse response) {
        return delta(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .build();
    }

    private static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }

    private void publish(ViewStep step) {
        server.publish(step);
    }

    static List<PerTypeService> services() {
        return PerTypeService.ALL;
    }

    static List<PerTypeService> sotwServices() {
        return PerTypeService.ALL.stream().filter(PerTypeService::hasSotw).toList();
    }

    @Test
    void rule_01_every_service_that_envoy_defines_is_served_in_every_variant() {
        assertThat(Arrays.stream(DiscoveryService.values())
                        .map(service -> service.bind((call, settings) -> new io.grpc.ServerCall.Listener<>() {}, 1)
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
        try (var client = new DiscoveryClient<>(channel, service.sotw())) {
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
        try (var client = new DiscoveryClient<>(channel, service.delta())) {
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
        try (var client = new DiscoveryClient<>(channel, service.delta())) {
            client.send(
                    delta("").setNode(Node.newBuilder().setCluster(Views.GROUP)).build());
            assertThat(client.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(client.end().getDescription()).contains("node.id");
        }
        if (service.hasSotw()) {
            try (var client = new DiscoveryClient<>(channel, service.sotw())) {
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
    void rule_08_a_reconnect_that_lists_50000_known_versions_is_accepted_and_answered_with_what_differs()
            throws Exception {
        int many = 50_000;
        Thing[] things = IntStream.range(0, many)
                .mapToObj(i -> cluster("team-%05d/a-service-with-a-long-name/8080".formatted(i), 1))
                .toArray(Thing[]::new);
        publish(views.put(things));
        Map<String, String> known = Arrays.stream(things)
                .collect(Collectors.toMap(
                        thing -> thing.name().name(), thing -> thing.body(1).version()));
        publish(views.put(cluster("team-00007/a-service-with-a-long-name/8080", 2)));
        try (var client = delta()) {
            DeltaDiscoveryResponse response = client.send(delta(Types.CLUSTER)
                            .setNode(NODE)
                            .putAllInitialResourceVersions(known)
                            .build())
                    .next();
            assertThat(names(response)).containsExactly("a", "team-00007/a-service-with-a-long-name/8080");
        }
    }

    @Test
    void rule_08_garbage_ends_its_own_stream_only() throws Exception {
        try (var good = delta();
                var bad = new DiscoveryClient<>(channel, PerTypeService.garbage())) {
            DeltaDiscoveryResponse first =
                    good.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            bad.send(new byte[] {10, 127, 1, 2, 3});
            assertThat(bad.end().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            assertThat(bad.end().getDescription()).contains("isn't a discovery request");
            good.send(ack(first));
            publish(views.put(cluster("b", 1)));
            assertThat(names(good.next())).containsExactly("b");
        }
    }

    @Test
    void rule_08_a_message_above_the_limit_ends_its_own_stream_with_the_sizes() throws Exception {
        server.close();
        channel.shutdownNow();
        connect(new XdsServerSettings("127.0.0.1", 0, 1, 10_000, 10, 0));
        try (var good = delta();
                var bad = delta()) {
            DeltaDiscoveryResponse first =
                    good.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            bad.send(delta(Types.CLUSTER, "a".repeat(15_000)).setNode(NODE).build());
            assertThat(bad.end().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED);
            assertThat(bad.end().getDescription()).contains("bytes; a gateway takes 10000");
            good.send(ack(first));
            publish(views.put(cluster("b", 1)));
            assertThat(names(good.next())).containsExactly("b");
        }
    }

    @Test
    void rule_08_more_streams_on_a_connection_than_the_limit_wait_and_those_that_are_open_are_served()
            throws Exception {
        server.close();
        channel.shutdownNow();
        connect(new XdsServerSettings("127.0.0.1", 0, 1, 1 << 20, 2, 0));
        try (var one = delta();
                var two = delta();
                var three = delta()) {
            one.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            DeltaDiscoveryResponse second =
                    two.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            three.send(delta(Types.CLUSTER).setNode(NODE).build());
            two.send(ack(second));
            publish(views.put(cluster("b", 1)));
            assertThat(names(two.next())).containsExactly("b");
            assertThat(three.pending()).isNull();
            one.send(DeltaDiscoveryRequest.getDefaultInstance()); // without a type: its stream ends
            assertThat(names(three.next())).contains("a", "b");
        }
    }

    @Test
    void rule_29_a_server_that_closes_takes_no_streams_and_ends_those_that_it_has_one_after_the_other()
            throws Exception {
        server.close();
        channel.shutdownNow();
        connect(new XdsServerSettings("127.0.0.1", 0, 1, 1 << 20, 10, 4_000));
        try (var one = delta();
                var two = delta();
                var last = delta()) {
            one.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            two.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            DeltaDiscoveryResponse known =
                    last.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            last.send(ack(known));

            CompletableFuture<Void> closed = CompletableFuture.runAsync(server::close);

            assertThat(one.end().getCode()).isEqualTo(Code.UNAVAILABLE);
            assertThat(one.end().getDescription()).contains("shutting down");
            assertThat(last.isOpen()).isTrue();
            publish(views.put(cluster("b", 1))); // Who waits for its end is served on.
            assertThat(names(last.next())).containsExactly("b");
            assertThat(two.end().getCode()).isEqualTo(Code.UNAVAILABLE);
            assertThat(last.end().getCode()).isEqualTo(Code.UNAVAILABLE);
            closed.get(60, TimeUnit.SECONDS);
            try (var late = delta()) {
                late.send(delta(Types.CLUSTER).setNode(NODE).build());
                assertThat(late.end().getCode()).isEqualTo(Code.UNAVAILABLE);
            }
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
    void rule_22_and_23_a_change_goes_out_in_order_and_an_assignment_follows_its_cluster() throws Exception {
        try (var client = delta()) {
            client.send(
                    ack(client.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
            client.send(ack(client.send(delta(Types.ASSIGNMENT, "a~1").build()).next()));
            client.send(ack(client.send(delta(Types.ROUTE, "r").build()).next()));
            publish(views.put(route("r", 2, "a"), cluster("a", 2)));
            DeltaDiscoveryResponse clusters = client.next();
            DeltaDiscoveryResponse assignments = client.next();
            assertThat(names(clusters)).containsExactly("a");
            assertThat(names(assignments)).containsExactly("a~1");
            assertThat(client.pending()).isNull();
            client.send(ack(assignments)).send(ack(clusters));
            assertThat(names(client.next())).containsExactly("r");
        }
    }
}
