package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rules 22 to 24: make before break. */
class OrderRulesTest {
    private static Thing secret(String name, String edition) {
        return Thing.of(Types.SECRET, name, StringValue.of(edition), false);
    }

    private static Views shop() {
        return Views.of(
                cluster("a", 1), assignment("a", 1), listener("l", 1, "r"), route("r", 1, "a"), secret("s", "1"));
    }

    /** As Envoy does when it starts: clusters, load assignments, listeners, routes, each acked. */
    private static PureClient connected(Variant variant, Views views) {
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1"));
        client.ackOn(client.wildcard(Types.LISTENER));
        client.ackOn(client.subscribe(Types.ROUTE, "r"));
        client.ackOn(client.subscribe(Types.SECRET, "s"));
        return client;
    }

    private static List<String> types(List<Answer> answers) {
        return answers.stream()
                .map(answer -> answer.typeUrl().substring(answer.typeUrl().lastIndexOf('.') + 1))
                .toList();
    }

    /** The service moves from cluster a to cluster b, in one change. */
    private static ViewStep move(Views views) {
        return views.change(
                List.of(cluster("b", 1), assignment("b", 1), route("r", 2, "b")),
                List.of(cluster("a", 1), assignment("a", 1)));
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_change_goes_out_in_order_and_routes_wait_for_the_acks_of_clusters(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        List<Answer> first = client.change(views.put(
                listener("l", 2, "r"), route("r", 2, "a"), cluster("a", 2), assignment("a", 2), secret("s", "2")));
        assertThat(types(first)).containsExactly("Secret", "Cluster", "ClusterLoadAssignment");
        assertThat(client.ack(first.get(2))).isEmpty();
        assertThat(types(client.ack(first.get(1)))).containsExactly("Listener", "RouteConfiguration");
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_load_assignments_never_wait_for_the_ack_of_clusters(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        client.change(views.put(cluster("b", 1), assignment("b", 1)));
        assertThat(client.subscribe(Types.ASSIGNMENT, "b~1"))
                .flatExtracting(Answer::names)
                .containsExactly("b~1");
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_cluster_that_goes_is_removed_after_the_routes_that_left_it_are_acked(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        Answer made = client.change(move(views)).getFirst();
        assertThat(made.names()).contains("b");
        assertThat(made.removed()).isEmpty();
        if (variant == Variant.SOTW) {
            assertThat(made.names()).containsExactly("a", "b");
        }
        List<Answer> routes = client.ack(made);
        assertThat(types(routes)).containsExactly("RouteConfiguration");
        List<Answer> broken = client.ackAll(routes);
        assertThat(types(broken)).startsWith("Cluster");
        if (variant == Variant.SOTW) {
            assertThat(broken.getFirst().names()).containsExactly("b");
        } else {
            assertThat(broken.getFirst().removed()).containsExactly("a");
            assertThat(broken.get(1).removed()).containsExactly("a~1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_cluster_is_not_removed_while_a_route_that_left_it_is_rejected(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        Answer made = client.change(move(views)).getFirst();
        Answer routes = client.ack(made).getFirst();
        assertThat(client.nack(routes, "bad")).isEmpty();
        assertThat(client.pass(60_000)).isEmpty();

        // Its endpoints stay up to date meanwhile, and other changes go on.
        client.ackOn(client.change(views.put(secret("s", "3"))));
        List<Answer> mended = client.ackOn(client.change(views.put(route("r", 3, "b"))));
        assertThat(types(mended)).startsWith("RouteConfiguration", "Cluster");
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_what_waits_for_clusters_goes_after_a_limit_that_is_told(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        client.change(views.put(cluster("a", 2), route("r", 2, "a")));
        assertThat(client.pass(14_999)).isEmpty();
        assertThat(types(client.pass(1))).containsExactly("RouteConfiguration");
        assertThat(client.facts()).contains(new Fact.OrderLimitPassed(Types.CLUSTER));
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_an_unacked_clusters_response_holds_back_the_next_for_a_second_only(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        client.change(views.put(cluster("a", 2)));
        assertThat(client.change(views.put(cluster("b", 1)))).isEmpty();
        assertThat(client.pass(999)).isEmpty();
        assertThat(client.pass(1))
                .first()
                .satisfies(answer -> assertThat(answer.names()).contains("b"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_stream_works_from_one_view_until_the_order_is_done_then_from_the_newest(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        Answer clusters = client.change(views.put(cluster("b", 1), assignment("b", 1), route("r", 2, "b")))
                .getFirst();
        assertThat(client.change(views.put(cluster("c", 1), assignment("c", 1), route("r", 3, "c"))))
                .isEmpty();
        List<Answer> next = client.ack(clusters);
        assertThat(types(next)).startsWith("RouteConfiguration", "Cluster");
        assertThat(next.getFirst().resources().getFirst().refs())
                .extracting(ref -> ref.name())
                .containsExactly("b");
        List<Answer> last = client.ackAll(next);
        assertThat(last.getFirst().resources().getFirst().refs())
                .extracting(ref -> ref.name())
                .containsExactly("c");
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_load_assignments_come_from_the_newest_view_at_once(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        client.change(views.put(cluster("b", 1), route("r", 2, "b")));
        assertThat(types(client.change(views.put(assignment("a", 7), route("r", 3, "a")))))
                .containsExactly("ClusterLoadAssignment");
    }

    @Test
    void rule_22_a_removal_that_is_found_at_a_reconnect_waits_for_listeners_and_routes() {
        Views views = shop();
        PureClient before = connected(Variant.DELTA, views);
        assertThat(before.failure()).isNull();
        var old = views.view();
        move(views);
        PureClient client = PureClient.ads(Variant.DELTA, views);
        Answer made = client.delta(
                        Types.CLUSTER, List.of(), List.of(), Map.of("a", Views.version(old, Types.CLUSTER, "a")))
                .getFirst();
        assertThat(made.names()).containsExactly("b");
        assertThat(made.removed()).isEmpty();
        assertThat(client.ack(made)).isEmpty();
        client.ackOn(client.delta(
                Types.LISTENER, List.of(), List.of(), Map.of("l", Views.version(old, Types.LISTENER, "l"))));
        List<Answer> routes =
                client.delta(Types.ROUTE, List.of("r"), List.of(), Map.of("r", Views.version(old, Types.ROUTE, "r")));
        assertThat(types(routes)).containsExactly("RouteConfiguration");
        assertThat(client.ackAll(routes))
                .first()
                .satisfies(answer -> assertThat(answer.removed()).containsExactly("a"));
    }

    @Test
    void rule_22_a_sotw_client_that_reconnects_keeps_a_departed_cluster_until_its_routes_have_left_it() {
        Views views = shop();
        String version = PureClient.ads(Variant.SOTW, views)
                .wildcard(Types.CLUSTER)
                .getFirst()
                .version();
        move(views);
        PureClient client = PureClient.ads(Variant.SOTW, views);
        List<Answer> clusters = client.list(Types.CLUSTER, List.of(), version);
        assertThat(clusters).singleElement().extracting(Answer::names).isEqualTo(List.of("a", "b"));
        assertThat(client.list(Types.ASSIGNMENT, List.of("a~1", "b~1")))
                .flatExtracting(Answer::names)
                .containsExactly("a~1", "b~1");
        client.ackAll(clusters);
        client.ackOn(client.list(Types.LISTENER, List.of(), "other"));
        List<Answer> routes = client.list(Types.ROUTE, List.of("r"), "other");
        assertThat(client.ackAll(routes)).first().satisfies(answer -> {
            assertThat(answer.typeUrl()).isEqualTo(Types.CLUSTER);
            assertThat(answer.names()).containsExactly("b");
        });
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_cluster_stays_until_the_routes_of_a_new_listener_have_come(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        List<Answer> clusters = client.change(views.change(
                List.of(cluster("b", 1), assignment("b", 1), listener("l", 2, "r2"), route("r2", 1, "b")),
                List.of(cluster("a", 1))));
        List<Answer> listeners = client.ackAll(clusters);
        assertThat(types(listeners)).containsExactly("Listener");
        assertThat(client.ackAll(listeners)).isEmpty();
        List<Answer> routes = client.subscribe(Types.ROUTE, "r2");
        assertThat(types(client.ackAll(routes))).startsWith("Cluster");
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_node_that_changes_its_group_is_given_the_new_before_the_old_goes(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        var edit = views.edit();
        for (Thing thing : List.of(cluster("x", 1), listener("l", 9, "r"), route("r", 9, "x"))) {
            edit.putBody(Views.MESH, "h", thing.body(9));
            edit.putList(
                    Views.MESH,
                    "h",
                    thing.name().typeUrl(),
                    0,
                    List.of(new Entry(thing.name().name(), "h", thing.wildcard(), List.of())));
        }
        edit.removeGroup(Views.MESH, Views.GROUP);
        edit.putGroup(Views.MESH, "h", Selector.ofCluster(Views.GROUP));
        List<Answer> clusters = client.change(views.finish(edit));
        assertThat(clusters.getFirst().names()).contains("x");
        List<Answer> others = client.ackAll(clusters);
        assertThat(types(others)).containsExactly("Listener", "RouteConfiguration");
        assertThat(types(client.ackAll(others))).startsWith("Cluster");
        assertThat(client.facts()).contains(new Fact.Selected("h"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_22_a_node_that_changes_its_group_while_listeners_wait_ends_with_those_of_the_new_one(Variant variant) {
        Views views = shop();
        PureClient client = PureClient.ads(variant, views);
        List<Answer> clusters = client.wildcard(Types.CLUSTER);
        assertThat(client.wildcard(Types.LISTENER)).isEmpty();
        var edit = views.edit();
        edit.removeGroup(Views.MESH, Views.GROUP);
        edit.putGroup(Views.MESH, "h", Selector.ofCluster(Views.GROUP));
        client.change(views.finish(edit));

        List<Answer> answers = new ArrayList<>(client.ackOn(clusters));
        answers.addAll(client.ackOn(client.pass(60_000)));

        Set<String> listeners = new HashSet<>();
        for (Answer answer : answers) {
            if (answer.typeUrl().equals(Types.LISTENER)) {
                if (variant == Variant.SOTW) {
                    listeners.clear();
                }
                listeners.addAll(answer.names());
                answer.removed().forEach(listeners::remove);
            }
        }
        assertThat(listeners).as("the new group has none").isEmpty();
    }

    @Test
    void rule_22_listeners_wait_for_the_ack_of_departed_clusters_that_a_sotw_client_may_have_otherwise() {
        Views views = shop();
        views.change(List.of(), List.of(cluster("a", 1), assignment("a", 1), route("r", 1), listener("l", 1)));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        List<Answer> clusters = client.list(Types.CLUSTER, List.of(), "of another gateway");
        assertThat(clusters).singleElement().extracting(Answer::names).isEqualTo(List.of("a"));
        assertThat(client.wildcard(Types.LISTENER)).isEmpty();
        assertThat(types(client.ackAll(clusters))).startsWith("Listener");
    }

    @ParameterizedTest
    @EnumSource
    void rule_23_a_cluster_that_is_sent_is_followed_by_the_load_assignment_that_the_client_has(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        List<Answer> answers = client.change(views.put(cluster("a", 2)));
        assertThat(types(answers)).containsExactly("Cluster", "ClusterLoadAssignment");
        assertThat(answers.get(1).names()).containsExactly("a~1");
    }

    @ParameterizedTest
    @EnumSource
    void rule_23_even_while_another_assignment_response_is_unacked(Variant variant) {
        Views views = shop();
        PureClient client = connected(variant, views);
        client.change(views.put(assignment("a", 2)));
        assertThat(types(client.change(views.put(cluster("a", 2)))))
                .containsExactly("Cluster", "ClusterLoadAssignment");
    }

    @Test
    void rule_23_even_if_the_client_shows_the_right_version_at_a_reconnect() {
        Views views = shop();
        var old = views.view();
        views.put(cluster("a", 2));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(
                client.delta(Types.CLUSTER, List.of(), List.of(), Map.of("a", Views.version(old, Types.CLUSTER, "a"))));
        assertThat(client.delta(
                        Types.ASSIGNMENT,
                        List.of("a~1"),
                        List.of(),
                        Map.of("a~1", Views.version(old, Types.ASSIGNMENT, "a~1"))))
                .flatExtracting(Answer::names)
                .containsExactly("a~1");
    }

    @ParameterizedTest
    @EnumSource
    void rule_24_what_nobody_refers_to_is_given_all_the_same(Variant variant) {
        PureClient client = PureClient.ads(variant, Views.of(cluster("unused", 1), route("unused", 1)));
        assertThat(client.ackOn(client.wildcard(Types.CLUSTER)))
                .flatExtracting(Answer::names)
                .containsExactly("unused");
        assertThat(client.ackOn(client.subscribe(Types.ROUTE, "unused")))
                .flatExtracting(Answer::names)
                .containsExactly("unused");
    }
}
