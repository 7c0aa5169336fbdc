package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** XDS.md, rule 25, and what a stream tells of itself to whoever watches the fleet. */
class LoadRulesTest {
    @ParameterizedTest
    @EnumSource
    void rule_25_a_client_that_stalls_gets_the_newest_state_in_one_go(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1"));
        client.pause();
        for (int i = 2; i < 1_000; i++) {
            assertThat(client.change(views.put(assignment("a", i)))).isEmpty();
        }
        assertThat(client.resume())
                .singleElement()
                .satisfies(answer -> assertThat(answer.resources().getFirst().content())
                        .isEqualTo(assignment("a", 999).body(1).hash()));
    }

    @ParameterizedTest
    @EnumSource
    void rule_25_what_changes_while_a_response_is_unacked_is_merged_into_the_next(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(variant, views);
        List<Answer> first = client.subscribe(Types.ASSIGNMENT, "a~1");
        assertThat(client.change(views.put(assignment("a", 2)))).isEmpty();
        assertThat(client.change(views.put(assignment("a", 3)))).isEmpty();
        assertThat(client.ackAll(first)).hasSize(1);
    }

    @Test
    void rule_25_what_a_client_leaves_unanswered_costs_no_more_than_its_names() {
        Outstanding outstanding = new Outstanding(16);
        for (int i = 0; i < 10_000; i++) {
            Body now = cluster(i % 2 == 0 ? "a" : "b", i).body(i);
            Unanswered.Item item = new Unanswered.Item(now.name(), null, now);
            outstanding.add(Unanswered.part("n" + i, i, true, items(item)));
        }
        assertThat(outstanding.all()).hasSize(16).allMatch(one -> one.items().size() <= 2);
        assertThat(outstanding.responses()).isEqualTo(10_000);
        assertThat(outstanding.take("n9999")).hasSize(16);
        assertThat(outstanding.responses()).isZero();
    }

    @Test
    void rule_25_of_names_that_come_and_go_unanswered_nothing_is_left() {
        Outstanding outstanding = new Outstanding(2);
        for (int i = 0; i < 1_000; i++) {
            String name = "made-up-" + i;
            Body now = cluster(name, 1).body(i);
            outstanding.add(Unanswered.part("there" + i, i, true, items(new Unanswered.Item(name, null, now))));
            outstanding.add(Unanswered.part("gone" + i, i, false, items(new Unanswered.Item(name, now, null))));
            String dropped = "dropped-" + i;
            outstanding.add(Unanswered.part("n" + i, i, false, items(new Unanswered.Item(dropped, now, null))));
            outstanding.drop(dropped);
        }
        assertThat(outstanding.all())
                .allMatch(one ->
                        one.items().size() <= 1 && one.others().doubtful().isEmpty());
        assertThat(outstanding.isDropped("dropped-0")).isFalse();
    }

    private static Map<String, Unanswered.Item> items(Unanswered.Item item) {
        return new HashMap<>(Map.of(item.name(), item));
    }

    /** Of so many unanswered responses the older are taken for one: nobody knows whether the client took each of them. */
    @Test
    void rule_25_what_was_left_unanswered_too_long_is_sent_again_in_delta() {
        Views views = Views.of();
        PureClient client =
                PureClient.takingTtls(StreamSettings.ads(Variant.DELTA).withMaxUnanswered(2), views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        List<Answer> answers = unanswered(client, views, "a", "b", "c", "d");
        assertThat(answers)
                .extracting(Answer::names)
                .containsExactly(List.of("a"), List.of("b"), List.of("c"), List.of("d"));

        client.nack(answers.get(0), "not now");
        assertThat(client.ack(answers.get(1))).isEmpty();
        List<Answer> again = client.ack(answers.get(2));

        assertThat(again).singleElement().extracting(Answer::names).isEqualTo(List.of("a", "b"));
        assertThat(client.ack(answers.get(3))).isEmpty();
        assertThat(client.ackAll(again)).isEmpty();
        assertThat(client.facts())
                .last()
                .isEqualTo(new Fact.Settled(views.view().number()));
    }

    /** A response for each cluster, none of which holds back the next for long. */
    private static List<Answer> unanswered(PureClient client, Views views, String... clusters) {
        List<Answer> answers = new ArrayList<>();
        for (String name : clusters) {
            answers.addAll(client.change(views.put(cluster(name, 1))));
            client.pass(1_000);
        }
        return answers;
    }

    /** The responses that brought `b` and `c` are forgotten, and the client shows that it has accepted one of them. */
    @Test
    void rule_25_in_sotw_nothing_is_taken_from_a_client_that_has_accepted_what_is_forgotten() {
        Views views = Views.of();
        PureClient client =
                PureClient.takingTtls(StreamSettings.ads(Variant.SOTW).withMaxUnanswered(2), views);
        client.ackOn(client.wildcard(Types.CLUSTER));
        List<Answer> answers = unanswered(client, views, "a", "b", "c", "d", "e");
        String forgotten = answers.get(1).version();

        assertThat(client.send(Types.CLUSTER, answers.getLast().nonce(), "bad", new Request.Sotw(forgotten, List.of())))
                .isEmpty();

        List<Answer> next = client.change(views.put(cluster("f", 1)));
        assertThat(next)
                .singleElement()
                .satisfies(answer -> assertThat(answer.names()).contains("a", "b", "f"));
        assertThat(client.ackAll(next)).isEmpty();
        assertThat(client.facts())
                .last()
                .isEqualTo(new Fact.Settled(views.view().number()));
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatIsNeverAtRestTellsHowFarItHasCome(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        PureClient client = PureClient.ads(variant, views);
        List<Answer> answers = client.subscribe(Types.ASSIGNMENT, "a~1");
        long first = views.view().number();
        for (int i = 2; i < 10; i++) {
            assertThat(client.change(views.put(assignment("a", i)))).isEmpty();
            answers = client.ackAll(answers);
            assertThat(answers).as("what came meanwhile").hasSize(1);
        }
        long last = views.view().number();

        List<Long> reached = client.facts().stream()
                .flatMap(fact -> fact instanceof Fact.Reached(long view, long next) ? Stream.of(view) : Stream.empty())
                .toList();
        assertThat(client.facts()).noneMatch(fact -> fact instanceof Fact.Settled);
        assertThat(reached).first().isEqualTo(first);
        assertThat(reached).isSorted().doesNotHaveDuplicates().allMatch(view -> view < last);
        assertThat(reached.getLast()).as("not far behind").isGreaterThanOrEqualTo(last - 3);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamTellsWhenItIsBehindAViewAndWhenItHasAckedIt(Variant variant) {
        Views views = Views.of(listener("l", 1));
        PureClient client = PureClient.ads(variant, views);
        client.ackOn(client.wildcard(Types.LISTENER));
        long settled = views.view().number();
        assertThat(client.facts()).contains(new Fact.Behind(settled), new Fact.Settled(settled));

        List<Answer> answers = client.change(views.put(listener("l", 2)));
        assertThat(client.facts()).contains(new Fact.Behind(settled + 1)).doesNotContain(new Fact.Settled(settled + 1));
        client.ackAll(answers);
        assertThat(client.facts()).contains(new Fact.Settled(settled + 1));
    }
}
