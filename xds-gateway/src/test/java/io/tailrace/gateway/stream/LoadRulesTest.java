package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.stream.Stream;
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
        client.writable(false);
        for (int i = 2; i < 1_000; i++) {
            assertThat(client.change(views.put(assignment("a", i)))).isEmpty();
        }
        assertThat(client.writable(true))
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
