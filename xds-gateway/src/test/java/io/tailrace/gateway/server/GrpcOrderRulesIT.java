package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Make before break over real gRPC: XDS.md, rules 22 to 24. */
class GrpcOrderRulesIT extends GrpcRules {
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

    @Test
    void rule_22_a_cluster_goes_after_the_routes_that_left_it_are_acked_and_its_load_assignment_after_it()
            throws Exception {
        try (var client = delta()) {
            connect(client);
            publish(move());
            DeltaDiscoveryResponse made = client.next();
            assertThat(names(made)).containsExactly("b");
            assertThat(made.getRemovedResourcesList()).isEmpty();
            client.send(ack(made));
            DeltaDiscoveryResponse routes = client.next();
            assertThat(names(routes)).containsExactly("r");
            deltaHeardNothing(client);
            client.send(ack(routes));
            assertThat(client.next().getRemovedResourcesList()).containsExactly("a");
            assertThat(client.next().getRemovedResourcesList()).containsExactly("a~1");
        }
    }

    @Test
    void rule_22_in_sotw_a_cluster_is_left_out_after_the_routes_that_left_it_are_acked() throws Exception {
        try (var client = sotw()) {
            connectSotw(client);
            publish(move());
            DiscoveryResponse made = client.next();
            assertThat(names(made)).containsExactly("a", "b");
            client.send(ack(made));
            DiscoveryResponse routes = client.next();
            assertThat(names(routes)).containsExactly("r");
            client.send(ack(routes, "r"));
            assertThat(names(client.next())).containsExactly("b");
        }
    }

    @Test
    void rule_22_a_cluster_stays_while_the_routes_that_left_it_are_rejected() throws Exception {
        try (var client = delta()) {
            connect(client);
            publish(move());
            client.send(ack(client.next()));
            client.send(ack(client.next()).toBuilder()
                    .setErrorDetail(Status.newBuilder().setMessage("no"))
                    .build());
            deltaHeardNothing(client);
            publish(views.put(route("r", 3, "b")));
            DeltaDiscoveryResponse mended = client.next();
            assertThat(names(mended)).containsExactly("r");
            client.send(ack(mended));
            assertThat(client.next().getRemovedResourcesList()).containsExactly("a");
        }
    }

    @Test
    void rule_23_a_client_that_reconnects_with_the_right_load_assignment_is_sent_it_after_a_changed_cluster()
            throws Exception {
        String old = Views.version(views.view(), Types.CLUSTER, "a");
        publish(views.put(cluster("a", 2)));
        try (var client = delta()) {
            client.send(delta(Types.CLUSTER)
                    .setNode(NODE)
                    .putInitialResourceVersions("a", old)
                    .build());
            assertThat(names(client.next())).containsExactly("a");
            client.send(delta(Types.ASSIGNMENT, "a~1")
                    .putInitialResourceVersions("a~1", Views.version(views.view(), Types.ASSIGNMENT, "a~1"))
                    .build());
            assertThat(names(client.next())).containsExactly("a~1");
        }
    }

    @Test
    void rule_24_what_nobody_refers_to_is_given_all_the_same() throws Exception {
        publish(views.put(cluster("unused", 1), assignment("unused", 1), route("unused", 1)));
        try (var sotw = sotw();
                var delta = delta()) {
            sotw.send(sotw(Types.ROUTE, "unused").setNode(NODE).build());
            delta.send(delta(Types.ROUTE, "unused").setNode(NODE).build());
            assertThat(names(sotw.next())).containsExactly("unused");
            assertThat(names(delta.next())).containsExactly("unused");
            sotw.send(sotw(Types.CLUSTER).build());
            delta.send(delta(Types.CLUSTER).build());
            assertThat(names(sotw.next())).containsExactly("a", "unused");
            assertThat(names(delta.next())).containsExactly("a", "unused");
        }
    }

    /** The service moves from cluster a to cluster b, in one change. */
    private ViewStep move() {
        return views.change(
                List.of(cluster("b", 1), assignment("b", 1), route("r", 2, "b")),
                List.of(cluster("a", 1), assignment("a", 1)));
    }

    private static void connect(DiscoveryClient<DeltaDiscoveryRequest, DeltaDiscoveryResponse> client)
            throws InterruptedException {
        client.send(ack(client.send(delta(Types.CLUSTER).setNode(NODE).build()).next()));
        client.send(ack(client.send(delta(Types.ASSIGNMENT, "a~1").build()).next()));
        client.send(ack(client.send(delta(Types.LISTENER).build()).next()));
        client.send(ack(client.send(delta(Types.ROUTE, "r").build()).next()));
    }

    private static void connectSotw(DiscoveryClient<DiscoveryRequest, DiscoveryResponse> client)
            throws InterruptedException {
        client.send(ack(client.send(sotw(Types.CLUSTER).setNode(NODE).build()).next()));
        client.send(ack(client.send(sotw(Types.ASSIGNMENT, "a~1").build()).next(), "a~1"));
        client.send(ack(client.send(sotw(Types.LISTENER).build()).next()));
        client.send(ack(client.send(sotw(Types.ROUTE, "r").build()).next(), "r"));
    }
}
