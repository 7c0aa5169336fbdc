package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rule 21: a client that comes from a gateway whose view is newer is never taken back. */
class ReconnectRulesTest {
    private static final long LIMIT = Reconnect.LIMIT_MS;

    /** What this gateway has read so far: cluster `a` as it was, and no `new`. */
    private final Views views = Views.of(
            cluster("a", 1),
            assignment("a", 1),
            cluster("same", 1),
            assignment("same", 1),
            listener("l", 1, "r"),
            route("r", 1, "a"));

    private PureClient delta() {
        return PureClient.ads(Variant.DELTA, views).behindTheLog();
    }

    private PureClient sotw() {
        return PureClient.ads(Variant.SOTW, views).behindTheLog();
    }

    private static Map<String, String> shown(Thing... things) {
        Map<String, String> versions = new HashMap<>();
        for (Thing thing : things) {
            versions.put(thing.name().name(), thing.body(77).version());
        }
        return versions;
    }

    private static String version(Thing... things) {
        return PureClient.ads(Variant.SOTW, Views.of(things))
                .wildcard(things[0].name().typeUrl())
                .getFirst()
                .version();
    }

    private static List<Answer> clusters(PureClient client, Thing... shown) {
        return client.delta(Types.CLUSTER, List.of(), List.of(), shown(shown));
    }

    @Test
    void rule_19_a_delta_client_that_shows_all_that_it_asks_for_hears_of_what_changes_from_then_on() {
        PureClient client = delta();
        List<String> names = List.of("a~1", "same~1");
        assertThat(client.delta(Types.ASSIGNMENT, names, List.of(), shown(assignment("a", 1), assignment("same", 1))))
                .isEmpty();
        assertThat(client.isWaiting()).isFalse();
        assertThat(client.ackOn(client.change(views.put(assignment("a", 2)))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a~1"));
        assertThat(client.ackOn(client.subscribe(Types.ASSIGNMENT, "same~1")))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("same~1"));
        client.delta(Types.ASSIGNMENT, List.of(), names, Map.of());
        assertThat(client.change(views.put(assignment("a", 3), assignment("same", 2))))
                .isEmpty();
    }

    @Test
    void rule_19_a_delta_client_that_asks_for_more_than_it_shows_gets_the_rest() {
        PureClient client = delta();
        assertThat(client.delta(
                        Types.ASSIGNMENT, List.of("a~1", "same~1", "same~1"), List.of(), shown(assignment("a", 1))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("same~1"));
    }

    @Test
    void rule_21_a_delta_client_that_shows_another_version_is_answered_once_the_view_has_caught_up() {
        PureClient client = delta();
        assertThat(clusters(client, cluster("a", 2), cluster("same", 1))).isEmpty();
        assertThat(client.isWaiting()).isTrue();
        assertThat(client.change(views.put(cluster("other", 1)))).isEmpty();
        assertThat(client.change(views.put(cluster("a", 2)))).isEmpty();
        assertThat(client.caughtUp()).singleElement().extracting(Answer::names).isEqualTo(List.of("other"));
    }

    @Test
    void rule_21_a_name_that_the_view_lacks_is_removed_only_once_the_view_has_caught_up() {
        PureClient client = delta();
        assertThat(clusters(client, cluster("a", 1), cluster("same", 1), cluster("new", 1)))
                .isEmpty();
        client.change(views.put(cluster("new", 1)));
        assertThat(client.caughtUp()).isEmpty();

        PureClient other = delta();
        assertThat(other.delta(Types.LISTENER, List.of(), List.of(), shown(listener("l", 1, "r"), listener("x", 1))))
                .isEmpty();
        assertThat(other.caughtUp())
                .singleElement()
                .satisfies(answer -> assertThat(answer.removed()).containsExactly("x"));
    }

    @Test
    void rule_21_a_delta_client_that_shows_what_the_view_gives_or_nothing_waits_for_nobody() {
        PureClient known = delta();
        clusters(known, cluster("a", 1), cluster("same", 1));
        assertThat(known.isWaiting()).isFalse();
        PureClient empty = delta();
        assertThat(empty.wildcard(Types.CLUSTER)).hasSize(1);
        assertThat(empty.isWaiting()).isFalse();
    }

    @Test
    void rule_21_a_sotw_client_that_shows_another_version_is_answered_once_the_view_has_caught_up() {
        PureClient client = sotw();
        assertThat(client.list(Types.CLUSTER, List.of(), version(cluster("a", 2), cluster("same", 1))))
                .isEmpty();
        assertThat(client.isWaiting()).isTrue();
        assertThat(client.list(Types.ASSIGNMENT, List.of("a~1", "same~1"), "newer"))
                .isEmpty();
        client.change(views.put(cluster("a", 2), assignment("a", 2)));
        List<Answer> answers = client.caughtUp();
        assertThat(answers).extracting(Answer::typeUrl).containsExactly(Types.ASSIGNMENT);
        assertThat(answers.getFirst().names()).containsExactly("a~1", "same~1");
    }

    @Test
    void rule_21_a_sotw_client_that_shows_the_current_version_or_none_waits_for_nobody() {
        PureClient known = sotw();
        known.list(Types.CLUSTER, List.of(), version(cluster("a", 1), cluster("same", 1)));
        assertThat(known.isWaiting()).isFalse();
        known.list(Types.LISTENER, List.of("l"), version(listener("l", 1, "r")));
        known.list(Types.ASSIGNMENT, List.of(), "of its last one");
        assertThat(known.isWaiting()).isFalse();
        PureClient empty = sotw();
        assertThat(empty.wildcard(Types.CLUSTER)).hasSize(1);
        assertThat(empty.isWaiting()).isFalse();
    }

    @Test
    void rule_21_without_kafka_after_a_limit_a_delta_client_gets_what_it_lacks_and_keeps_what_it_has() {
        PureClient client = delta();
        clusters(client, cluster("a", 2), cluster("new", 1));
        assertThat(client.pass(LIMIT - 1)).isEmpty();
        List<Answer> answers = client.pass(1);
        assertThat(client.facts()).contains(new Fact.CatchUpLimitPassed());
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.names()).containsExactly("same");
            assertThat(answer.removed()).isEmpty();
        });
        client.ackOn(answers);

        // Kafka is there again, and the reader reads on, but isn't at the end.
        assertThat(client.change(views.put(cluster("a", 7)))).isEmpty();
        assertThat(client.pass(60_000)).isEmpty();
        client.change(views.put(cluster("a", 2)));
        List<Answer> late = client.caughtUp();
        assertThat(late).isEmpty();
        assertThat(client.ackOn(client.pass(60_000))).singleElement().satisfies(answer -> {
            assertThat(answer.names()).isEmpty();
            assertThat(answer.removed()).containsExactly("new");
        });
        assertThat(client.ackOn(client.change(views.put(cluster("a", 8)))))
                .flatExtracting(Answer::names)
                .containsExactly("a");
    }

    @Test
    void rule_21_without_kafka_after_a_limit_nothing_is_said_of_sotw_types_that_the_client_may_have_newer() {
        PureClient client = sotw();
        client.list(Types.CLUSTER, List.of(), "newer");
        client.list(Types.ROUTE, List.of("r"), "newer");
        assertThat(client.pass(LIMIT)).isEmpty();
        assertThat(client.change(views.put(cluster("a", 7), route("r", 7, "a"))))
                .isEmpty();
        // What it didn't ask for when it came, it lacks.
        assertThat(client.subscribe(Types.SECRET, "none")).isEmpty();
        List<Answer> answers = client.ackOn(client.caughtUp());
        assertThat(answers).extracting(Answer::typeUrl).containsExactly(Types.CLUSTER, Types.ROUTE);
        assertThat(answers.getFirst().names()).containsExactly("a", "same");
    }

    @Test
    void rule_21_a_name_that_is_subscribed_to_later_is_given_without_kafka() {
        PureClient client = sotw();
        client.list(Types.ASSIGNMENT, List.of("a~1"), "newer");
        client.pass(LIMIT);
        assertThat(client.subscribe(Types.ASSIGNMENT, "same~1"))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("same~1"));
        assertThat(client.caughtUp()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_21_a_node_that_no_group_selects_yet_is_not_taken_back_either(Variant variant) {
        Views none = Views.empty();
        none.put(cluster("a", 1));
        PureClient client = PureClient.ads(variant, none).behindTheLog();
        if (variant == Variant.DELTA) {
            clusters(client, cluster("a", 2));
        } else {
            client.list(Types.CLUSTER, List.of(), version(cluster("a", 2)));
        }
        assertThat(client.isWaiting()).isTrue();
        assertThat(client.change(none.group(Views.GROUP))).isEmpty();
        client.change(none.put(cluster("a", 2)));
        assertThat(client.caughtUp()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_21_acks_and_requests_are_heard_while_the_stream_waits(Variant variant) {
        PureClient client = PureClient.ads(variant, views).behindTheLog();
        List<Answer> routes = client.subscribe(Types.ROUTE, "r");
        assertThat(routes).hasSize(1);
        if (variant == Variant.DELTA) {
            clusters(client, cluster("a", 2), cluster("same", 1));
        } else {
            client.list(Types.CLUSTER, List.of(), version(cluster("a", 2), cluster("same", 1)));
        }
        assertThat(client.ack(routes.getFirst())).isEmpty();
        assertThat(client.facts()).contains(new Fact.Acked(Types.ROUTE));
        assertThat(client.subscribe(Types.ASSIGNMENT, "same~1")).isEmpty();
        client.change(views.put(cluster("a", 2)));
        assertThat(client.caughtUp()).extracting(Answer::typeUrl).contains(Types.ASSIGNMENT);
    }
}
