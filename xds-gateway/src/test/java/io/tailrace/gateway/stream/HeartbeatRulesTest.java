package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.ClientFeature;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rule 28: what has a ttl. */
class HeartbeatRulesTest {
    private static final long TTL_MS = 8_000;
    private static final Thing TIMED = cluster("a", 1).withTtl(TTL_MS);

    /** A client that has all of a type by the wildcard. */
    private static PureClient having(Variant variant, Views views, String typeUrl) {
        PureClient client = PureClient.takingTtls(variant, views);
        client.ackOn(client.wildcard(typeUrl));
        return client;
    }

    private static PureClient with(Variant variant, Views views, ClientFeature... features) {
        Node node = new Node("n", Views.GROUP, Map.of(), Node.Locality.UNKNOWN, "test", Set.of(features));
        return new PureClient(StreamSettings.ads(variant), views, node, Interests.NONE);
    }

    private static long ttl(List<Answer> answers) {
        return answers.getFirst().resources().getFirst().ttlMs();
    }

    private static List<String> beaten(List<Answer> answers) {
        assertThat(answers).allMatch(Answer::isHeartbeat);
        return answers.stream().flatMap(answer -> answer.names().stream()).toList();
    }

    @Test
    void rule_28_only_a_client_that_says_so_gets_ttls() {
        Views views = Views.of(TIMED);
        assertThat(ttl(with(Variant.DELTA, views, ClientFeature.TTL).wildcard(Types.CLUSTER)))
                .isEqualTo(TTL_MS);
        assertThat(ttl(with(Variant.SOTW, views, ClientFeature.TTL, ClientFeature.WRAPPED_IN_SOTW)
                        .wildcard(Types.CLUSTER)))
                .isEqualTo(TTL_MS);

        assertThat(ttl(with(Variant.SOTW, views, ClientFeature.TTL).wildcard(Types.CLUSTER)))
                .as("it unwraps nothing in state of the world")
                .isZero();
        for (Variant variant : Variant.values()) {
            PureClient without = with(variant, views, ClientFeature.WRAPPED_IN_SOTW);
            List<Answer> answers = without.wildcard(Types.CLUSTER);
            assertThat(ttl(answers)).isZero();
            without.ackOn(answers);
            assertThat(without.pass(10 * TTL_MS)).isEmpty();
        }
    }

    @Test
    void rule_28_in_delta_what_has_a_ttl_is_refreshed_by_heartbeats_before_half_of_it_has_passed() {
        Views views = Views.of(TIMED, cluster("b", 1));
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        for (int i = 0; i < 5; i++) {
            List<Answer> heartbeats = client.pass(TTL_MS / 2);
            assertThat(beaten(heartbeats)).isNotEmpty().containsOnly("a");
            Answer.Piece piece = heartbeats.getFirst().resources().getFirst();
            assertThat(piece.version()).isEqualTo(Views.version(views.view(), Types.CLUSTER, "a"));
            assertThat(piece.ttlMs()).isEqualTo(TTL_MS);
            assertThat(client.ackAll(heartbeats)).isEmpty();
        }
    }

    @Test
    void rule_28_in_sotw_it_is_sent_again_with_what_its_response_must_hold() {
        PureClient client = PureClient.takingTtls(Variant.SOTW, Views.of(TIMED, cluster("b", 1)));
        List<Answer> first = client.wildcard(Types.CLUSTER);
        client.ackAll(first);

        List<Answer> again = client.pass(TTL_MS / 2);

        assertThat(again).hasSize(1);
        assertThat(again.getFirst().resources()).isEqualTo(first.getFirst().resources());
        assertThat(again.getFirst().version()).isEqualTo(first.getFirst().version());
        assertThat(client.ackAll(again)).isEmpty();
        assertThat(client.pass(TTL_MS / 2)).isNotEmpty();
    }

    /** One that is watched by name ends Envoy 1.40 when its time has passed. */
    @Test
    void rule_28_in_sotw_only_listeners_and_clusters_have_a_ttl() {
        Views views = Views.of(
                Thing.of(Types.RUNTIME, "r", StringValue.of("1"), false).withTtl(TTL_MS),
                listener("l", 1).withTtl(TTL_MS));
        PureClient sotw = PureClient.takingTtls(Variant.SOTW, views);
        assertThat(ttl(sotw.subscribe(Types.RUNTIME, "r"))).isZero();
        assertThat(ttl(sotw.wildcard(Types.LISTENER))).isEqualTo(TTL_MS);
        PureClient delta = PureClient.takingTtls(Variant.DELTA, views);
        assertThat(ttl(delta.subscribe(Types.RUNTIME, "r"))).isEqualTo(TTL_MS);
    }

    @ParameterizedTest
    @EnumSource
    void rule_28_a_stream_without_ttls_has_no_timer(Variant variant) {
        PureClient client = having(variant, Views.of(cluster("a", 1)), Types.CLUSTER);
        assertThat(client.stream().nextMs(client.nowMs())).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @EnumSource
    void rule_28_another_ttl_is_another_version_and_is_sent(Variant variant) {
        Views views = Views.of(TIMED);
        PureClient client = having(variant, views, Types.CLUSTER);
        List<Answer> longer = client.change(views.put(cluster("a", 1).withTtl(10 * TTL_MS)));
        assertThat(ttl(longer)).isEqualTo(10 * TTL_MS);
        client.ackAll(longer);
        assertThat(client.pass(2 * TTL_MS)).isEmpty();

        List<Answer> none = client.change(views.put(cluster("a", 1)));
        assertThat(ttl(none)).isZero();
        client.ackAll(none);
        assertThat(client.pass(20 * TTL_MS)).isEmpty();
        assertThat(client.stream().nextMs(client.nowMs())).isEqualTo(Long.MAX_VALUE);

        List<Answer> once = client.change(views.put(TIMED));
        assertThat(ttl(once)).isEqualTo(TTL_MS);
        client.ackAll(once);
        assertThat(client.pass(TTL_MS / 2)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void rule_28_what_is_gone_is_not_refreshed(Variant variant) {
        Views views = Views.of(TIMED, cluster("b", 1));
        PureClient client = having(variant, views, Types.CLUSTER);
        client.ackOn(client.change(views.remove(TIMED)));
        assertThat(client.pass(5 * TTL_MS)).isEmpty();
        assertThat(client.stream().nextMs(client.nowMs())).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void rule_28_what_is_unsubscribed_is_not_refreshed() {
        PureClient client = PureClient.takingTtls(Variant.DELTA, Views.of(TIMED));
        client.ackOn(client.subscribe(Types.CLUSTER, "a"));
        client.unsubscribe(Types.CLUSTER, "a");
        assertThat(client.pass(5 * TTL_MS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_28_at_a_reconnect_what_has_a_ttl_is_sent_whole_as_nobody_knows_how_long_it_will_be_there(
            Variant variant) {
        Views views = Views.of(TIMED, cluster("b", 1));
        PureClient before = PureClient.takingTtls(variant, views);
        String version = before.wildcard(Types.CLUSTER).getFirst().version();

        PureClient client = PureClient.takingTtls(variant, views);
        List<Answer> answers = variant == Variant.SOTW
                ? client.list(Types.CLUSTER, List.of(), version)
                : client.delta(
                        Types.CLUSTER,
                        List.of(),
                        List.of(),
                        Map.of(
                                "a", Views.version(views.view(), Types.CLUSTER, "a"),
                                "b", Views.version(views.view(), Types.CLUSTER, "b")));

        assertThat(answers).hasSize(1);
        assertThat(answers.getFirst().names()).isEqualTo(variant == Variant.SOTW ? List.of("a", "b") : List.of("a"));
        assertThat(client.ackAll(answers)).isEmpty();
        assertThat(client.pass(TTL_MS / 2)).hasSize(1);
    }

    @Test
    void rule_28_a_client_that_stalls_gets_a_heartbeat_as_long_as_it_has_it_and_then_all_of_it() {
        PureClient client = having(Variant.DELTA, Views.of(TIMED), Types.CLUSTER);
        client.pause();
        assertThat(client.pass(TTL_MS - 1)).isEmpty();
        assertThat(beaten(client.resume())).containsExactly("a");

        client.pause();
        assertThat(client.pass(TTL_MS)).isEmpty();
        List<Answer> whole = client.resume();
        assertThat(whole).hasSize(1);
        assertThat(whole.getFirst().isHeartbeat()).isFalse();
        assertThat(whole.getFirst().names()).containsExactly("a");
    }

    @Test
    void rule_28_what_a_client_lost_before_the_heartbeat_came_is_sent_whole_at_once() {
        PureClient client = having(Variant.DELTA, Views.of(TIMED), Types.CLUSTER);
        List<Answer> heartbeats = client.pass(TTL_MS / 2);
        List<Answer> whole = client.nack(heartbeats.getFirst(), "type URL doesn't match");
        assertThat(whole).hasSize(1);
        assertThat(whole.getFirst().isHeartbeat()).isFalse();
        assertThat(client.facts()).noneMatch(fact -> fact instanceof Fact.Rejected);
        assertThat(client.ackAll(whole)).isEmpty();
        assertThat(beaten(client.pass(TTL_MS / 2))).containsExactly("a");
    }

    @Test
    void rule_28_a_heartbeat_that_is_rejected_after_the_whole_was_sent_again_takes_nothing_back() {
        Views views = Views.of(cluster("b", 1));
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        List<Answer> both = client.change(views.put(TIMED, cluster("b", 2)));
        List<Answer> heartbeats = client.pass(TTL_MS / 2);
        assertThat(beaten(heartbeats)).containsExactly("a");
        List<Answer> half = client.nack(both.getFirst(), "b is bad");
        assertThat(half).hasSize(1).first().extracting(Answer::names).isEqualTo(List.of("a"));

        assertThat(client.pass(1_000)).allMatch(Answer::isHeartbeat);
        assertThat(client.nack(heartbeats.getFirst(), "it hasn't a")).isEmpty();
        List<Answer> others = client.ackAll(half);

        assertThat(others).hasSize(1).first().extracting(Answer::names).isEqualTo(List.of("b"));
        client.ackOn(others);
        assertThat(beaten(client.pass(TTL_MS / 2))).containsExactly("a");
    }

    @Test
    void rule_28_what_is_tried_again_and_lost_before_its_answer_is_sent_again() {
        Views views = Views.of(cluster("b", 1));
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        List<Answer> both = client.change(views.put(TIMED, cluster("b", 2)));
        List<Answer> half = client.nack(both.getFirst(), "b is bad");
        assertThat(half).hasSize(1).first().extracting(Answer::names).isEqualTo(List.of("a"));
        client.pause();
        client.pass(TTL_MS);

        List<Answer> again = client.resume();

        assertThat(again).hasSize(1).first().extracting(Answer::names).isEqualTo(List.of("a"));
        assertThat(again.getFirst().isHeartbeat()).isFalse();
        client.ackOn(client.ackAll(half));
        client.ackOn(client.ackAll(again));
        assertThat(beaten(client.pass(TTL_MS / 2))).containsExactly("a");
    }

    @Test
    void rule_28_a_client_that_rejects_what_is_newer_keeps_what_it_has() {
        Views views = Views.of(TIMED);
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        String old = Views.version(views.view(), Types.CLUSTER, "a");
        List<Answer> newer = client.change(views.put(cluster("a", 2).withTtl(100 * TTL_MS)));

        List<Answer> heartbeats = client.nack(newer.getFirst(), "no such filter");

        for (int i = 0; i < 3; i++) {
            assertThat(beaten(heartbeats)).containsExactly("a");
            assertThat(heartbeats.getFirst().resources().getFirst().version()).isEqualTo(old);
            assertThat(client.ackAll(heartbeats)).isEmpty();
            heartbeats = client.pass(TTL_MS / 2);
        }
    }

    @Test
    void rule_28_in_sotw_a_client_that_rejects_what_is_newer_keeps_what_it_has() {
        Views views = Views.of(TIMED, cluster("b", 1));
        PureClient client = having(Variant.SOTW, views, Types.CLUSTER);
        List<Answer> newer = client.change(views.put(cluster("a", 2).withTtl(TTL_MS)));
        client.ackOn(client.nack(newer.getFirst(), "no such filter"));

        List<Answer> again = client.pass(TTL_MS / 2);

        assertThat(again).hasSize(1);
        assertThat(again.getFirst().resources().getFirst().content())
                .isEqualTo(TIMED.body(1).hash());
        assertThat(again.getFirst().names()).containsExactly("a", "b");
    }

    /** It rejected one that left `b` out, and then accepted one that did, too. */
    @Test
    void rule_28_in_sotw_what_a_client_has_let_go_does_not_come_back_to_it() {
        Thing gone = cluster("b", 1);
        Views views = Views.of(TIMED, gone);
        PureClient client = having(Variant.SOTW, views, Types.CLUSTER);
        List<Answer> without = client.change(views.remove(gone));
        List<Answer> refreshed = client.pass(2 * TTL_MS);
        assertThat(refreshed)
                .hasSizeGreaterThan(1)
                .allMatch(answer -> answer.names().equals(List.of("a")));
        client.nack(without.getFirst(), "b is in use");
        client.ack(refreshed.getFirst());

        assertThat(client.pass(TTL_MS))
                .isNotEmpty()
                .allMatch(answer -> answer.names().equals(List.of("a")));
    }

    /** It rejected one that changed `a` and left `b` out, and then accepted one that said the same. */
    @Test
    void rule_28_in_sotw_what_a_client_has_let_go_with_a_change_does_not_come_back_to_it() {
        Thing gone = listener("b", 1);
        Thing newer = listener("a", 2).withTtl(TTL_MS);
        Views views = Views.of(listener("a", 1).withTtl(TTL_MS), gone);
        PureClient client = having(Variant.SOTW, views, Types.LISTENER);
        Answer without =
                client.change(views.change(List.of(newer), List.of(gone))).getFirst();
        Answer first = refresh(client).getFirst();
        Answer second = refresh(client).getFirst();
        client.nack(without, "no room for a");
        client.ack(first);

        assertThat(List.of(without, first, second))
                .allMatch(answer -> answer.names().equals(List.of("a")));
        assertThat(refresh(client)).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.names()).containsExactly("a");
            assertThat(answer.resources()).isEqualTo(without.resources());
        });
    }

    private static List<Answer> refresh(PureClient client) {
        return client.pass(client.stream().nextMs(client.nowMs()) - client.nowMs());
    }

    @Test
    void rule_28_a_heartbeat_has_the_version_that_the_client_has_though_the_view_has_it_from_a_newer_place() {
        Views views = Views.of(TIMED);
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        String old = Views.version(views.view(), Types.CLUSTER, "a");
        assertThat(client.change(views.put(TIMED))).isEmpty();
        assertThat(Views.version(views.view(), Types.CLUSTER, "a")).isNotEqualTo(old);
        assertThat(client.pass(TTL_MS / 2))
                .first()
                .extracting(answer -> answer.resources().getFirst().version())
                .isEqualTo(old);
    }

    @Test
    void rule_28_late_answers_to_heartbeats_are_no_answers_to_anything_else() {
        Views views = Views.of(TIMED);
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        List<Answer> heartbeats = client.pass(TTL_MS);
        assertThat(heartbeats).hasSizeGreaterThan(1);
        List<Answer> newer = client.change(views.put(cluster("b", 1)));
        int facts = client.facts().size();
        heartbeats.forEach(client::ack);
        assertThat(client.facts()).hasSize(facts);
        client.ackAll(newer);
        assertThat(client.facts()).contains(new Fact.Acked(Types.CLUSTER));
    }

    /** Envoy withholds its answer to clusters while one warms. */
    @Test
    void rule_28_a_heartbeat_waits_for_no_answer() {
        Views views = Views.of(TIMED);
        PureClient client = PureClient.takingTtls(Variant.DELTA, views);
        client.wildcard(Types.CLUSTER);
        assertThat(beaten(client.pass(TTL_MS / 2))).containsExactly("a");
        assertThat(beaten(client.pass(TTL_MS / 2))).containsExactly("a");
    }

    @Test
    void rule_28_in_sotw_it_waits_a_second_for_an_answer() {
        Views views = Views.of(cluster("a", 1).withTtl(1_500));
        PureClient client = PureClient.takingTtls(Variant.SOTW, views);
        client.wildcard(Types.CLUSTER);
        assertThat(client.pass(999)).isEmpty();
        assertThat(client.pass(1)).isNotEmpty();
    }

    @Test
    void rule_28_resources_that_are_due_soon_go_in_one_response() {
        Views views = Views.of(TIMED);
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        client.pass(TTL_MS / 8);
        client.ackAll(client.change(views.put(cluster("b", 1).withTtl(TTL_MS))));

        List<Answer> heartbeats = client.pass(TTL_MS / 2);

        assertThat(heartbeats).hasSize(1);
        assertThat(beaten(heartbeats)).containsExactly("a", "b");
    }

    @Test
    void rule_28_each_type_has_heartbeats_of_its_own() {
        Views views = Views.of(TIMED, listener("l", 1).withTtl(TTL_MS));
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        client.ackOn(client.wildcard(Types.LISTENER));
        assertThat(client.pass(TTL_MS / 2))
                .extracting(Answer::typeUrl)
                .containsExactlyInAnyOrder(Types.CLUSTER, Types.LISTENER);
    }

    @Test
    void rule_28_the_streams_of_a_group_refresh_at_moments_of_their_own() {
        Views views = Views.of(TIMED);
        long moments = java.util.stream.IntStream.range(0, 20)
                .mapToLong(i -> {
                    Node node = new Node(
                            "edge-" + i,
                            Views.GROUP,
                            Map.of(),
                            Node.Locality.UNKNOWN,
                            "test",
                            Set.of(ClientFeature.TTL));
                    PureClient client = new PureClient(StreamSettings.ads(Variant.DELTA), views, node, Interests.NONE);
                    client.ackOn(client.wildcard(Types.CLUSTER));
                    return client.stream().nextMs(client.nowMs()) - client.nowMs();
                })
                .peek(ms -> assertThat(ms).isBetween(TTL_MS * 3 / 8, TTL_MS / 2))
                .distinct()
                .count();
        assertThat(moments).isGreaterThan(10);
    }

    @Test
    void rule_28_nobody_is_behind_for_want_of_an_answer_to_a_heartbeat() {
        PureClient client = having(Variant.DELTA, Views.of(TIMED), Types.CLUSTER);
        int facts = client.facts().size();
        client.pass(TTL_MS / 2);
        assertThat(client.facts().subList(facts, client.facts().size()))
                .containsExactly(new Fact.Refreshed(Types.CLUSTER, 1));
    }

    @Test
    void rule_28_a_node_whose_group_is_deleted_keeps_what_it_has() {
        Views views = Views.of(TIMED);
        PureClient client = having(Variant.DELTA, views, Types.CLUSTER);
        client.ackOn(client.change(views.removeGroup()));
        assertThat(beaten(client.pass(TTL_MS / 2))).containsExactly("a");
    }
}
