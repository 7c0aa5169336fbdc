package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.assignmentOf;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import io.tailrace.schemas.v1.NodeSelector;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rules 1 to 5, 7 and 9 to 14: what a client says it wants, and what it is given for it. */
class SubscriptionRulesTest {
    private static final String NEWER = "type.googleapis.com/envoy.config.of.Tomorrow";

    private static Thing tomorrow(String name) {
        return Thing.of(NEWER, name, StringValue.of(name), false);
    }

    @ParameterizedTest
    @EnumSource
    void rule_01_a_type_that_nobody_knows_yet_is_served(Variant variant) {
        PureClient client = PureClient.ads(variant, Views.of(tomorrow("t")));
        assertThat(client.subscribe(NEWER, "t")).singleElement().satisfies(answer -> {
            assertThat(answer.typeUrl()).isEqualTo(NEWER);
            assertThat(answer.names()).containsExactly("t");
        });
    }

    @ParameterizedTest
    @EnumSource
    void rule_01_an_empty_type_url_means_the_service_own_type_and_is_an_error_on_ads(Variant variant) {
        Views views = Views.of(cluster("a", 1));
        PureClient cds =
                new PureClient(StreamSettings.of(variant, Types.CLUSTER), views, PureClient.NODE, Interests.NONE);
        assertThat(cds.wildcard("")).singleElement().extracting(Answer::typeUrl).isEqualTo(Types.CLUSTER);

        PureClient ads = PureClient.ads(variant, views);
        assertThat(ads.wildcard("")).isEmpty();
        assertThat(ads.failure()).contains("type_url");
    }

    @ParameterizedTest
    @EnumSource
    void rule_02_a_first_message_without_node_id_ends_the_stream(Variant variant) {
        PureClient client = new PureClient(StreamSettings.ads(variant), Views.of(), null, Interests.NONE);
        client.wildcard(Types.CLUSTER);
        assertThat(client.failure()).contains("node.id");
    }

    @ParameterizedTest
    @EnumSource
    void rule_02_a_node_without_a_cluster_is_selected_by_its_metadata(Variant variant) {
        Views views = Views.of(cluster("a", 1));
        views.finish(views.edit()
                .putGroup(
                        Views.MESH,
                        Views.GROUP,
                        Selector.of(NodeSelector.newBuilder()
                                .putMetadata("app", "shop")
                                .build())));
        Node node = new Node("x", "", Map.of("app", "shop"), Node.Locality.UNKNOWN, "");
        PureClient client = new PureClient(StreamSettings.ads(variant), views, node, Interests.NONE);
        assertThat(client.wildcard(Types.CLUSTER))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_03_every_response_has_a_new_nonce_and_its_type(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(variant, views);
        Answer clusters = client.wildcard(Types.CLUSTER).getFirst();
        Answer assignments =
                client.subscribe(Types.ASSIGNMENT, assignmentOf("a")).getFirst();
        assertThat(clusters.nonce()).isNotEmpty().isNotEqualTo(assignments.nonce());
        assertThat(clusters.typeUrl()).isEqualTo(Types.CLUSTER);
    }

    @Test
    void rule_04_sotw_ignores_a_stale_nonce() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), cluster("b", 1), assignment("b", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        Answer first = client.list(Types.ASSIGNMENT, List.of("a~1")).getFirst();
        client.ack(first);
        Answer second = client.change(views.put(assignment("a", 2))).getFirst();

        assertThat(client.send(Types.ASSIGNMENT, first.nonce(), null, new Request.Sotw("", List.of("a~1", "b~1"))))
                .isEmpty();
        assertThat(client.send(Types.ASSIGNMENT, second.nonce(), null, new Request.Sotw("", List.of("a~1", "b~1"))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("b~1"));
    }

    @Test
    void rule_04_delta_honours_subscriptions_whatever_the_nonce() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), cluster("b", 1), assignment("b", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1"));
        assertThat(client.send(Types.ASSIGNMENT, "stale", null, new Request.Delta(List.of("b~1"), List.of(), Map.of())))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("b~1"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_08_a_stream_that_names_more_than_the_limit_is_ended_and_told_how_many(Variant variant) {
        PureClient client = new PureClient(
                StreamSettings.ads(variant).withMaxNames(3),
                Views.of(cluster("a", 1)),
                PureClient.NODE,
                Interests.NONE);
        client.subscribe(Types.CLUSTER, "a", "b");
        client.subscribe(Types.ASSIGNMENT, "a~1");
        assertThat(client.failure()).isNull();
        client.subscribe(Types.SECRET, "s");
        assertThat(client.failure()).contains("names 4 resources").contains("takes 3");
    }

    @ParameterizedTest
    @EnumSource
    void rule_05_an_ack_is_not_answered(Variant variant) {
        PureClient client = PureClient.ads(variant, Views.of(cluster("a", 1), listener("l", 1)));
        assertThat(client.ackAll(client.wildcard(Types.CLUSTER))).isEmpty();
        assertThat(client.ackAll(client.wildcard(Types.LISTENER))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_05_a_change_that_is_none_sends_nothing(Variant variant) {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        assertThat(client.change(views.put(cluster("a", 1)))).isEmpty();
    }

    @Test
    void rule_05_in_sotw_the_leaving_of_a_name_that_was_rejected_is_said_once() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.nack(client.change(views.put(cluster("bad", 1))).getFirst(), "bad");
        Answer without = client.change(views.put(cluster("c", 1))).getFirst();
        assertThat(without.names()).containsExactly("a", "c");
        client.ack(without);
        assertThat(client.change(views.remove(cluster("bad", 1)))).isEmpty();
    }

    @Test
    void rule_05_what_is_newer_and_under_way_is_not_sent_again_when_the_older_one_is_rejected() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        Answer older = client.change(views.put(cluster("a", 2))).getFirst();
        client.change(views.put(cluster("a", 3)));
        Answer newer = client.pass(2_000).getFirst();
        assertThat(client.nack(older, "bad")).isEmpty();
        assertThat(client.ack(newer)).isEmpty();
    }

    /** It takes what is under way, which its server took for dropped. */
    @Test
    void rule_13_a_name_that_is_asked_for_again_while_its_response_is_under_way_can_be_removed() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        Answer underWay = client.subscribe(Types.ASSIGNMENT, "a~1").getFirst();
        client.unsubscribe(Types.ASSIGNMENT, "a~1");
        client.change(views.remove(cluster("a", 1), assignment("a", 1)));
        client.subscribe(Types.ASSIGNMENT, "a~1");
        assertThat(client.ack(underWay)).flatExtracting(Answer::removed).containsExactly("a~1");
    }

    @ParameterizedTest
    @EnumSource
    void rule_05_the_first_wildcard_request_of_any_type_is_answered_even_with_nothing(Variant variant) {
        for (String type : List.of(
                Types.SECRET, Types.CLUSTER, Types.ASSIGNMENT, Types.LISTENER, Types.ROUTE, Types.VIRTUAL_HOST)) {
            PureClient client = PureClient.ads(variant, Views.of());
            List<Answer> answers = client.wildcard(type);
            assertThat(answers)
                    .singleElement()
                    .satisfies(answer -> assertThat(answer.resources()).isEmpty());
            client.ackOn(answers);
            assertThat(client.facts()).last().as("it owes nothing").isInstanceOf(Fact.Settled.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rule_05_a_node_that_is_selected_again_is_told_nothing_that_it_has(Variant variant) {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.change(views.removeGroup());
        assertThat(client.change(views.group(Views.GROUP))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_07_a_node_without_a_group_waits_and_is_answered_when_one_selects_it(Variant variant) {
        Views views = Views.empty();
        PureClient client = PureClient.ads(variant, views);
        assertThat(client.wildcard(Types.CLUSTER)).isEmpty();
        assertThat(client.wildcard(Types.LISTENER)).isEmpty();
        assertThat(client.failure()).isNull();

        List<Answer> answers = client.change(views.group(Views.GROUP));
        assertThat(client.ackOn(answers)).extracting(Answer::typeUrl).containsExactly(Types.CLUSTER, Types.LISTENER);
    }

    @ParameterizedTest
    @EnumSource
    void a_node_whose_group_is_deleted_keeps_what_it_has(Variant variant) {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        assertThat(client.change(views.removeGroup())).isEmpty();
        assertThat(client.change(views.put(cluster("a", 2)))).isEmpty();
        assertThat(client.change(views.group(Views.GROUP)))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_09_the_legacy_wildcard_gives_what_the_list_marks(Variant variant) {
        Thing scoped = Thing.of(
                Types.SCOPED_ROUTE,
                "s",
                ScopedRouteConfiguration.newBuilder().setName("s").build(),
                true);
        Views views = Views.of(cluster("a", 1), assignment("a", 1), listener("l", 1, "r"), route("r", 1, "a"), scoped);
        PureClient client = PureClient.ads(variant, views);
        assertThat(client.ackOn(client.wildcard(Types.CLUSTER)))
                .flatExtracting(Answer::names)
                .containsExactly("a");
        assertThat(client.ackOn(client.wildcard(Types.LISTENER)))
                .flatExtracting(Answer::names)
                .containsExactly("l");
        assertThat(client.ackOn(client.wildcard(Types.SCOPED_ROUTE)))
                .flatExtracting(Answer::names)
                .containsExactly("s");
        assertThat(client.ackOn(client.wildcard(Types.ROUTE)))
                .flatExtracting(Answer::names)
                .isEmpty();
        assertThat(client.ackOn(client.wildcard(Types.ASSIGNMENT)))
                .flatExtracting(Answer::names)
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_09_a_name_that_the_group_does_not_have_is_not_given(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), assignment("other", 1));
        PureClient client = PureClient.ads(variant, views);
        assertThat(client.subscribe(Types.ASSIGNMENT, "a~1", "other~1"))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a~1"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_10_an_explicit_wildcard_may_stand_beside_names(Variant variant) {
        PureClient client = PureClient.ads(variant, Views.of(cluster("a", 1), cluster("b", 1)));
        assertThat(client.subscribe(Types.CLUSTER, "*", "b"))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a", "b"));
    }

    @Test
    void rule_10_a_name_beside_the_legacy_wildcard_is_added_in_delta_and_replaces_it_in_sotw() {
        Views views = Views.of(cluster("a", 1), cluster("b", 1));
        PureClient delta = PureClient.ads(Variant.DELTA, views);
        delta.ackOn(delta.wildcard(Types.CLUSTER));
        delta.ackOn(delta.subscribe(Types.CLUSTER, "a"));
        PureClient sotw = PureClient.ads(Variant.SOTW, views);
        sotw.ackOn(sotw.wildcard(Types.CLUSTER));
        assertThat(sotw.ackOn(sotw.list(Types.CLUSTER, List.of("a"))))
                .flatExtracting(Answer::names)
                .containsExactly("a");

        var step = views.put(cluster("b", 2));
        assertThat(delta.change(step)).flatExtracting(Answer::names).containsExactly("b");
        assertThat(sotw.change(step)).isEmpty();
    }

    @Test
    void rule_11_after_a_name_an_empty_list_means_nothing() {
        for (List<String> nothing : List.of(List.<String>of(), List.of(""))) {
            Views views = Views.of(cluster("a", 1), assignment("a", 1));
            PureClient client = PureClient.ads(Variant.SOTW, views);
            client.ackOn(client.list(Types.ASSIGNMENT, List.of("a~1")));
            client.ackOn(client.list(Types.CLUSTER, List.of("a")));
            assertThat(client.list(Types.ASSIGNMENT, nothing)).isEmpty();
            assertThat(client.list(Types.CLUSTER, nothing)).isEmpty();
            assertThat(client.change(views.put(assignment("a", 2), cluster("a", 2), cluster("b", 1))))
                    .isEmpty();
        }
    }

    @Test
    void rule_11_after_unsubscribing_from_all_delta_has_no_wildcard() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.subscribe(Types.CLUSTER, "a"));
        assertThat(client.unsubscribe(Types.CLUSTER, "a")).isEmpty();
        assertThat(client.change(views.put(cluster("a", 2), cluster("b", 1)))).isEmpty();
    }

    @Test
    void rule_12_a_name_that_is_new_in_the_list_is_sent_though_it_has_not_changed() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), cluster("b", 1), assignment("b", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackOn(client.list(Types.ASSIGNMENT, List.of("a~1", "b~1")));
        client.ackOn(client.list(Types.ASSIGNMENT, List.of("b~1")));
        assertThat(client.list(Types.ASSIGNMENT, List.of("a~1", "b~1")))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a~1"));
    }

    @Test
    void rule_12_a_name_that_takes_the_wildcards_place_while_no_group_selects_the_node_is_still_had() {
        Views views = Views.of(cluster("a", 1), cluster("b", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.change(views.removeGroup());
        client.list(Types.CLUSTER, List.of("a"));
        client.change(views.remove(cluster("a", 1)));
        assertThat(client.change(views.group(Views.GROUP)))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of());
    }

    @Test
    void rule_13_what_is_subscribed_to_again_is_sent_again() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1"));
        assertThat(client.subscribe(Types.ASSIGNMENT, "a~1"))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a~1"));
    }

    @Test
    void rule_13_what_is_unsubscribed_under_a_wildcard_is_answered() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.subscribe(Types.CLUSTER, "*", "a", "none"));
        assertThat(client.unsubscribe(Types.CLUSTER, "a", "none"))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.names()).containsExactly("a");
                    assertThat(answer.removed()).containsExactly("none");
                });
    }

    /** Envoy asks for a virtual host by each domain that is wanted of it. */
    @Test
    void rule_13_what_is_asked_for_by_two_names_goes_with_the_second_of_them() {
        Views views = Views.of();
        virtualHost(views, 1);
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.subscribe(Types.VIRTUAL_HOST, "r/a.example", "r/b.example"));

        assertThat(client.unsubscribe(Types.VIRTUAL_HOST, "r/a.example")).isEmpty();
        List<Answer> gone = client.change(
                views.finish(views.edit().putList(Views.MESH, Views.GROUP, Types.VIRTUAL_HOST, 0, List.of())));
        assertThat(gone).singleElement().extracting(Answer::removed).isEqualTo(List.of("r/host"));
        client.ackOn(gone);

        client.ackOn(client.change(virtualHost(views, 2)));
        client.unsubscribe(Types.VIRTUAL_HOST, "r/b.example");
        assertThat(client.change(virtualHost(views, 3))).isEmpty();
    }

    private static ViewStep virtualHost(Views views, int edition) {
        Thing host = Thing.of(
                Types.VIRTUAL_HOST,
                "r/host",
                VirtualHost.newBuilder()
                        .setName("host")
                        .addRequestHeadersToRemove("edition-" + edition)
                        .build(),
                false);
        Entry entry = new Entry("r/host", Views.GROUP, false, List.of("r/a.example", "r/b.example"));
        return views.finish(views.edit()
                .putBody(Views.MESH, Views.GROUP, host.body(edition))
                .putList(Views.MESH, Views.GROUP, Types.VIRTUAL_HOST, 0, List.of(entry)));
    }

    @ParameterizedTest
    @EnumSource
    void rule_14_what_exists_is_sent_without_what_does_not_and_that_when_it_comes(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(variant, views);
        assertThat(client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1", "b~1")))
                .flatExtracting(Answer::names)
                .containsExactly("a~1");
        assertThat(client.change(views.put(cluster("b", 1), assignment("b", 1))))
                .flatExtracting(Answer::names)
                .containsExactly("b~1");
    }

    @Test
    void rule_14_delta_says_at_once_that_a_cluster_listener_or_virtual_host_does_not_exist_and_of_others_nothing() {
        PureClient client = PureClient.ads(Variant.DELTA, Views.of());
        for (String type : List.of(Types.CLUSTER, Types.LISTENER, Types.VIRTUAL_HOST)) {
            List<Answer> answers = client.subscribe(type, "none");
            assertThat(answers).singleElement().extracting(Answer::removed).isEqualTo(List.of("none"));
            client.ackOn(answers);
        }
        for (String type : List.of(Types.ASSIGNMENT, Types.ROUTE, Types.SECRET, Types.EXTENSION)) {
            assertThat(client.subscribe(type, "none")).isEmpty();
        }
    }

    @Test
    void rule_08_a_stream_that_makes_up_types_is_ended_and_told_why() {
        PureClient client = PureClient.ads(Variant.DELTA, Views.of());
        for (int i = 0; i < 100; i++) {
            client.wildcard("made.up/" + i);
        }
        assertThat(client.failure()).isNull();
        client.wildcard("made.up/0");
        assertThat(client.failure()).isNull();
        client.wildcard("made.up/100");
        assertThat(client.failure()).contains("more than 100 types", "made.up/100");
    }
}
