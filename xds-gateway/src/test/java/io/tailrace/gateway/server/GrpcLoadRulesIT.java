package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Status.Code;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewStep;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits, slow clients, and the end of a server, over real gRPC: XDS.md, rules 8, 25, 27 and 29. */
class GrpcLoadRulesIT extends GrpcRules {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Facts facts = new Facts();

    @Override
    FleetObserver observer() {
        return facts;
    }

    private static final class Facts implements FleetObserver {
        final Queue<Fact> told = new ConcurrentLinkedQueue<>();
        volatile long delivered;

        @Override
        public void told(long stream, Fact fact) {
            told.add(fact);
        }

        @Override
        public void disconnected(long stream) {}

        @Override
        public void delivered(long view) {
            delivered = view;
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
                var bad = new DiscoveryClient<>(channel(), PerTypeService.garbage())) {
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
        restart(new XdsServerSettings("127.0.0.1", 0, 1, 10_000, 10, FirstAnswerLimits.DEFAULT, 0));
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
        restart(new XdsServerSettings("127.0.0.1", 0, 1, 1 << 20, 2, FirstAnswerLimits.DEFAULT, 0));
        try (var one = delta();
                var two = delta()) {
            one.send(delta(Types.CLUSTER).setNode(NODE).build()).next();
            two.send(ack(two.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
            try (var three = delta()) { // Not before: calls that wait for a connection are begun in no order.
                three.send(delta(Types.CLUSTER).setNode(NODE).build());
                publish(views.put(cluster("b", 1)));
                assertThat(names(two.next())).containsExactly("b");
                assertThat(three.pending()).isNull();
                one.send(DeltaDiscoveryRequest.getDefaultInstance()); // without a type: its stream ends
                await().atMost(PATIENCE).until(() -> {
                    // grpc-java sends what waited with the next that it has to send.
                    two.send(delta(Types.CLUSTER).build());
                    return three.pending() != null;
                });
                assertThat(names(three.next())).contains("a", "b");
            }
        }
    }

    @Test
    void rule_29_a_server_that_closes_takes_no_streams_and_ends_those_that_it_has_one_after_the_other()
            throws Exception {
        int streams = 10;
        restart(new XdsServerSettings(
                "127.0.0.1", 0, 1, 1 << 20, streams, FirstAnswerLimits.DEFAULT, 2_000L * streams));
        List<DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse>> clients = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> client = delta();
            client.send(
                    ack(client.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
            clients.add(client);
        }
        var last = clients.getLast();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server()::close);

        for (var early : clients.subList(0, 2)) {
            assertThat(early.end().getCode()).isEqualTo(Code.UNAVAILABLE);
            assertThat(early.end().getDescription()).contains("shutting down");
        }
        assertThat(last.isOpen()).isTrue();
        publish(views.put(cluster("b", 1))); // Who waits for its end is served on.
        assertThat(names(last.next())).containsExactly("b");
        try (var late = delta()) {
            late.send(delta(Types.CLUSTER).setNode(NODE).build());
            assertThat(late.end().getCode()).isEqualTo(Code.UNAVAILABLE);
        }
        clients.forEach(DiscoveryClient::close); // When all have left, there is nothing to wait for.
        closed.get(60, TimeUnit.SECONDS);
    }

    @Test
    void rule_25_a_client_that_stalls_while_10000_changes_pass_costs_names_only_and_gets_the_newest_in_one_go()
            throws Exception {
        publish(views.put(Thing.of(Types.RUNTIME, "large", StringValue.of("x".repeat(3 << 20)), false)));
        try (var client = delta()) {
            client.send(
                    ack(client.send(delta(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                            .next()));
            client.pause();
            client.send(ack(client.send(delta(Types.SECRET, "one").build()).next())); // The last that it reads.
            client.send(delta(Types.RUNTIME, "large").build()); // More than the transport takes: it isn't ready now.
            await().atMost(PATIENCE).until(() -> pushes(Types.RUNTIME) == 1);
            List<WeakReference<View>> passed = new ArrayList<>();
            for (int i = 2; i <= 10_000; i++) {
                ViewStep step = views.put(assignment("a", i));
                passed.add(new WeakReference<>(step.view()));
                publish(step);
            }
            long last = views.view().number();
            await().atMost(PATIENCE).until(() -> facts.delivered == last);
            assertThat(pushes(Types.ASSIGNMENT)).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> {
                System.gc();
                return passed.stream().filter(view -> view.get() != null).count() <= 2;
            });

            client.resume();

            assertThat(client.next().getTypeUrl()).isEqualTo(Types.RUNTIME);
            assertThat(client.next().getResources(0).getResource().getValue())
                    .isEqualTo(assignment("a", 10_000).message().toByteString());
            deltaHeardNothing(client);
            assertThat(pushes(Types.ASSIGNMENT)).isEqualTo(2);
        }
    }

    @Test
    void rule_25_of_a_crowd_that_connects_only_so_much_is_under_way_and_the_others_are_answered_in_turn()
            throws Exception {
        Duration noStall = Duration.ofHours(1);
        restart(XdsServerSettings.of("127.0.0.1", 0).withFirstAnswers(new FirstAnswerLimits(1, noStall.toMillis())));
        publish(views.put(Thing.of(Types.RUNTIME, "large", StringValue.of("x".repeat(3 << 20)), false)));
        try (var settled = delta();
                var slow = delta();
                var second = delta();
                var third = delta()) {
            settled.send(ack(
                    settled.send(delta(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                            .next()));
            slow.pause();
            slow.send(ack(
                    slow.send(delta(Types.SECRET, "one").setNode(NODE).build()).next()));
            slow.send(delta(Types.RUNTIME, "large").build());
            await().atMost(PATIENCE).until(() -> pushes(Types.RUNTIME) == 1);
            second.send(delta(Types.RUNTIME, "large").setNode(NODE).build());
            third.send(delta(Types.RUNTIME, "large").setNode(NODE).build()).halfClose();
            await().atMost(PATIENCE).until(() -> server().waiting() == 2);
            publish(views.put(assignment("a", 2))); // Who has had all is served on.
            settled.send(ack(settled.next()));
            await().atMost(PATIENCE).until(() -> acks(Types.ASSIGNMENT) == 2);
            assertThat(pushes(Types.RUNTIME)).isEqualTo(1);
            assertThat(second.pending()).isNull();
            assertThat(third.pending()).isNull();

            slow.resume();

            assertThat(names(slow.next())).containsExactly("large");
            assertThat(names(second.next())).containsExactly("large");
            assertThat(names(third.next())).containsExactly("large");
            assertThat(third.end().getCode()).isEqualTo(Code.OK);
            assertThat(server().waiting()).isZero();
        }
    }

    @Test
    void rule_08_who_does_not_read_its_first_answer_keeps_those_who_come_waiting_for_a_moment_only() throws Exception {
        restart(XdsServerSettings.of("127.0.0.1", 0).withFirstAnswers(new FirstAnswerLimits(1, 50)));
        publish(views.put(Thing.of(Types.RUNTIME, "large", StringValue.of("x".repeat(3 << 20)), false)));
        List<DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse>> stalled = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            var client = delta();
            stalled.add(client);
            client.pause();
            client.send(ack(client.send(delta(Types.SECRET, "one").setNode(NODE).build())
                    .next()));
            client.send(delta(Types.RUNTIME, "large").build());
        }
        try (var reading = delta()) {
            reading.send(delta(Types.RUNTIME, "large").setNode(NODE).build());
            assertThat(names(reading.next())).containsExactly("large");
        }
        stalled.forEach(DiscoveryClient::close);
    }

    @Test
    void rule_27_a_change_is_told_to_those_who_subscribe_to_it_and_to_no_others() throws Exception {
        publish(views.put(cluster("b", 1), assignment("b", 1)));
        try (var one = delta();
                var other = delta();
                var stranger = delta()) {
            one.send(ack(one.send(delta(Types.ASSIGNMENT, "a~1").setNode(NODE).build())
                    .next()));
            other.send(
                    ack(other.send(delta(Types.ASSIGNMENT, "b~1").setNode(NODE).build())
                            .next()));
            stranger.send(delta(Types.ASSIGNMENT, "a~1")
                    .setNode(NODE.toBuilder().setCluster("another"))
                    .build());
            publish(views.put(assignment("a", 2)));
            assertThat(names(one.next())).containsExactly("a~1");
            deltaHeardNothing(other);
            assertThat(stranger.pending()).isNull();
        }
    }

    private long pushes(String typeUrl) {
        return facts.told.stream()
                .filter(fact -> fact instanceof Fact.Pushed(String type, int _, int _) && type.equals(typeUrl))
                .count();
    }

    private long acks(String typeUrl) {
        return facts.told.stream()
                .filter(fact -> fact instanceof Fact.Acked(String type) && type.equals(typeUrl))
                .count();
    }
}
