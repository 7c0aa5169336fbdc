package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XDS.md, rules 6 and 15 to 20: what responses hold, what a rejection does to them, and what a reconnect needs. */
class ContentRulesTest {
    private static String versionOf(Views views, Thing thing) {
        return Views.version(views.view(), thing.name().typeUrl(), thing.name().name());
    }

    @Test
    void rule_06_delta_does_not_send_again_what_was_rejected_until_it_changes() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        Answer bad = client.change(views.put(cluster("a", 2))).getFirst();
        assertThat(client.nack(bad, "no such filter")).isEmpty();
        assertThat(client.facts())
                .filteredOn(Fact.Rejected.class::isInstance)
                .singleElement()
                .satisfies(fact -> {
                    Fact.Rejected rejected = (Fact.Rejected) fact;
                    assertThat(rejected.message()).isEqualTo("no such filter");
                    assertThat(rejected.resources())
                            .containsExactly(new Fact.NamedVersion("a", versionOf(views, cluster("a", 2))));
                });

        assertThat(client.ackOn(client.change(views.put(cluster("b", 1)))))
                .flatExtracting(Answer::names)
                .containsExactly("b");
        assertThat(client.ackOn(client.change(views.put(cluster("a", 3)))))
                .flatExtracting(Answer::names)
                .containsExactly("a");
        assertThat(client.facts()).contains(new Fact.Mended(Types.CLUSTER, List.of("a")));
    }

    @ParameterizedTest
    @EnumSource
    void rule_06_what_was_rejected_and_then_taken_back_is_sent_since_the_client_may_have_some_of_it(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1"));
        client.nack(client.change(views.put(assignment("a", 2))).getFirst(), "bad");
        assertThat(client.change(views.put(assignment("a", 1))))
                .flatExtracting(Answer::names)
                .containsExactly("a~1");
    }

    @Test
    void rule_06_in_sotw_the_last_accepted_body_stands_in_for_a_rejected_one_and_nothing_if_there_is_none() {
        Views views = Views.of(listener("l", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        Answer good = client.wildcard(Types.LISTENER).getFirst();
        client.ack(good);
        Answer both =
                client.change(views.put(listener("l", 2), listener("bad", 1))).getFirst();
        Answer bad = client.nack(both, "bad").getFirst();
        assertThat(bad.names()).containsExactly("bad", "l");
        Answer other = client.nack(bad, "bad").getFirst();
        assertThat(other.names()).containsExactly("l");
        client.nack(other, "bad too");

        Answer next = client.change(views.put(listener("m", 1))).getFirst();
        assertThat(next.names()).containsExactly("l", "m");
        assertThat(List.of(bad.resources().getLast(), next.resources().getFirst()))
                .allSatisfy(piece -> assertThat(piece.content())
                        .isEqualTo(good.resources().getFirst().content()));
    }

    @ParameterizedTest
    @EnumSource
    void rule_06_routes_that_need_a_rejected_new_cluster_are_held_back_with_it(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), route("r", 1, "a"), route("s", 1, "a"));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.ackOn(client.subscribe(Types.ROUTE, "r", "s"));
        Answer clusters = client.change(
                        views.put(cluster("b", 1), assignment("b", 1), route("r", 2, "b"), route("s", 2, "a")))
                .getFirst();
        assertThat(client.ackOn(client.nack(clusters, "bad")))
                .flatExtracting(Answer::names)
                .containsExactly("s");

        List<Answer> mended = client.change(views.put(cluster("b", 2)));
        assertThat(mended).flatExtracting(Answer::names).contains("b").doesNotContain("r");
        assertThat(client.ackOn(mended)).flatExtracting(Answer::names).contains("r");
    }

    @Test
    void rule_15_sotw_listeners_and_clusters_are_whole_and_an_empty_response_says_that_the_last_is_gone() {
        for (String type : List.of(Types.LISTENER, Types.CLUSTER)) {
            Thing one = type.equals(Types.LISTENER) ? listener("a", 1) : cluster("a", 1);
            Thing two = type.equals(Types.LISTENER) ? listener("b", 1) : cluster("b", 1);
            Views views = Views.of(one);
            PureClient client = PureClient.ads(Variant.SOTW, views);
            client.ackOn(client.wildcard(type));
            assertThat(client.ackOn(client.change(views.put(two))))
                    .singleElement()
                    .extracting(Answer::names)
                    .isEqualTo(List.of("a", "b"));
            assertThat(client.ackOn(client.change(views.remove(one))))
                    .singleElement()
                    .extracting(Answer::names)
                    .isEqualTo(List.of("b"));
            assertThat(client.ackOn(client.change(views.remove(two))))
                    .singleElement()
                    .extracting(Answer::names)
                    .isEqualTo(List.of());
        }
    }

    @Test
    void rule_15_of_other_types_sotw_sends_what_changed_only() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), cluster("b", 1), assignment("b", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackOn(client.list(Types.ASSIGNMENT, List.of("a~1", "b~1")));
        assertThat(client.change(views.put(assignment("b", 2))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("b~1"));
    }

    @Test
    void rule_16_delta_sends_what_changed_and_says_once_what_is_gone() {
        Views views = Views.of(cluster("a", 1), cluster("b", 1), cluster("c", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        List<Answer> answers =
                client.ackOn(client.change(views.change(List.of(cluster("b", 2)), List.of(cluster("c", 1)))));
        assertThat(answers).flatExtracting(Answer::names).containsExactly("b");
        assertThat(answers).flatExtracting(Answer::removed).containsExactly("c");
        assertThat(client.ackOn(client.change(views.put(cluster("a", 2)))))
                .flatExtracting(Answer::removed)
                .isEmpty();
    }

    @Test
    void rule_15_a_sotw_client_that_comes_back_before_a_group_selects_it_is_told_that_its_listener_is_gone() {
        Views views = Views.empty();
        PureClient client = PureClient.ads(Variant.SOTW, views);
        assertThat(client.list(Types.LISTENER, List.of("gone"), "of another gateway"))
                .isEmpty();
        assertThat(client.change(views.group(Views.GROUP)))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of());
    }

    @Test
    void rule_16_a_load_assignment_that_its_cluster_names_no_more_is_removed_once_the_cluster_is_acked() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1"));
        List<Answer> moved = client.change(views.put(
                cluster("a", 2).withRefs(List.of(new ResourceName(Types.ASSIGNMENT, "b~1"))), assignment("b", 1)));
        assertThat(moved).singleElement().extracting(Answer::typeUrl).isEqualTo(Types.CLUSTER);
        assertThat(client.ackAll(moved))
                .singleElement()
                .satisfies(answer -> assertThat(answer.removed()).containsExactly("a~1"));
    }

    @ParameterizedTest
    @EnumSource
    void rule_17_a_change_of_several_resources_of_a_type_is_one_response(Variant variant) {
        Views views = Views.of(route("r", 1), route("s", 1), route("t", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.subscribe(Types.ROUTE, "r", "s", "t"));
        assertThat(client.change(views.put(route("r", 2), route("t", 2))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("r", "t"));
    }

    private static Thing large(String typeUrl, String name, boolean wildcard) {
        return Thing.of(
                typeUrl,
                name,
                BytesValue.of(ByteString.copyFrom(new byte[(1 << 20) + name.hashCode() % 1000])),
                wildcard);
    }

    @ParameterizedTest
    @EnumSource
    void rule_17_large_responses_are_split_where_a_part_deletes_nothing(Variant variant) {
        Views views = Views.of(
                large(Types.ROUTE, "r", false), large(Types.ROUTE, "s", false), large(Types.ROUTE, "t", false));
        PureClient client = PureClient.ads(variant, views);
        assertThat(client.subscribe(Types.ROUTE, "r", "s", "t"))
                .hasSize(3)
                .flatExtracting(Answer::names)
                .containsExactly("r", "s", "t");
    }

    @Test
    void rule_15_sotw_listeners_are_never_split_and_a_large_response_is_told() {
        List<Thing> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(large(Types.LISTENER, "l" + i, true));
        }
        PureClient client = PureClient.ads(Variant.SOTW, Views.of(all.toArray(Thing[]::new)));
        assertThat(client.wildcard(Types.LISTENER)).hasSize(1);
        assertThat(client.facts()).anyMatch(Fact.Large.class::isInstance);
    }

    @Test
    void rule_17_a_removed_listener_goes_with_the_one_that_takes_its_address() {
        Views views = Views.of(listener("old", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        client.ackOn(client.wildcard(Types.LISTENER));
        assertThat(client.change(views.change(
                        List.of(
                                large(Types.LISTENER, "new1", true),
                                large(Types.LISTENER, "new2", true),
                                large(Types.LISTENER, "new3", true)),
                        List.of(listener("old", 1)))))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.names()).hasSize(3);
                    assertThat(answer.removed()).containsExactly("old");
                });
    }

    @Test
    void rule_18_delta_versions_are_those_of_the_view() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        assertThat(client.wildcard(Types.CLUSTER)
                        .getFirst()
                        .resources()
                        .getFirst()
                        .version())
                .isEqualTo(versionOf(views, cluster("a", 1)));
    }

    @Test
    void rule_18_the_sotw_version_is_the_same_for_the_same_content_at_whatever_position() {
        Views one = Views.of(cluster("a", 1), cluster("b", 1));
        Views other = Views.of(cluster("b", 2));
        other.put(cluster("a", 1));
        other.put(cluster("b", 1));
        String version = PureClient.ads(Variant.SOTW, one)
                .wildcard(Types.CLUSTER)
                .getFirst()
                .version();
        assertThat(PureClient.ads(Variant.SOTW, other)
                        .wildcard(Types.CLUSTER)
                        .getFirst()
                        .version())
                .isEqualTo(version);
        other.put(cluster("b", 3));
        assertThat(PureClient.ads(Variant.SOTW, other)
                        .wildcard(Types.CLUSTER)
                        .getFirst()
                        .version())
                .isNotEqualTo(version);
    }

    @Test
    void rule_19_a_delta_client_that_knows_all_gets_nothing() {
        Views views = Views.of(cluster("a", 1), listener("l", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        assertThat(client.delta(Types.CLUSTER, List.of(), List.of(), Map.of("a", versionOf(views, cluster("a", 1)))))
                .isEmpty();
        assertThat(client.delta(Types.LISTENER, List.of(), List.of(), Map.of("l", versionOf(views, listener("l", 1)))))
                .isEmpty();
    }

    @Test
    void rule_19_equal_hashes_are_known_whatever_the_positions() {
        Views views = Views.of(cluster("a", 1));
        String version = versionOf(views, cluster("a", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        assertThat(client.delta(
                        Types.CLUSTER,
                        List.of(),
                        List.of(),
                        Map.of("a", "c77777" + version.substring(version.indexOf('-')))))
                .isEmpty();
    }

    @Test
    void rule_19_what_is_new_changed_or_gone_is_told() {
        Views views = Views.of(listener("same", 1), listener("changed", 2), listener("new", 1));
        PureClient client = PureClient.ads(Variant.DELTA, views);
        assertThat(client.delta(
                        Types.LISTENER,
                        List.of(),
                        List.of(),
                        Map.of("same", versionOf(views, listener("same", 1)), "changed", "c1-0", "gone", "c1-1")))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.names()).containsExactly("changed", "new");
                    assertThat(answer.removed()).containsExactly("gone");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {Types.CLUSTER, Types.LISTENER})
    void rule_20_sotw_with_the_current_version_is_answered_for_names_only(String type) {
        Thing thing = type.equals(Types.CLUSTER) ? cluster("a", 1) : listener("a", 1);
        Views views = Views.of(thing);
        String version =
                PureClient.ads(Variant.SOTW, views).wildcard(type).getFirst().version();
        PureClient again = PureClient.ads(Variant.SOTW, views);
        assertThat(again.list(type, List.of(), version)).isEmpty();
        PureClient byName = PureClient.ads(Variant.SOTW, views);
        assertThat(byName.list(type, List.of("a"), version)).hasSize(1);
        PureClient older = PureClient.ads(Variant.SOTW, views);
        assertThat(older.list(type, List.of(), "another")).hasSize(1);
    }
}
