package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients of a crowd: they name what they want at once, and have all of it or nothing. */
class ArrivalsTest {
    private final Views views = Views.of(
            cluster("a", 1),
            cluster("b", 1),
            cluster("c", 1),
            cluster("d", 1),
            assignment("a", 1),
            assignment("b", 1),
            assignment("c", 1));
    private final PureClient client = PureClient.ads(Variant.DELTA, views);

    private List<Answer> ask(String... names) {
        return client.delta(Types.ASSIGNMENT, List.of(names), List.of(), Map.of());
    }

    @Test
    void rule_13_who_has_nothing_gets_all_each_once_and_in_order() {
        List<Answer> answers = ask("c~1", "a~1", "c~1");
        assertThat(answers).singleElement().extracting(Answer::names).isEqualTo(List.of("a~1", "c~1"));
        assertThat(client.ackOn(answers)).isEqualTo(answers);
        assertThat(client.ackOn(client.change(views.put(assignment("a", 2), assignment("b", 2)))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a~1"));
    }

    @Test
    void rule_06_who_rejects_all_of_it_has_nothing_and_gets_it_in_parts() {
        List<Answer> halves = client.nack(ask("a~1", "b~1").getFirst(), "no");
        assertThat(halves).singleElement().extracting(Answer::names).isEqualTo(List.of("a~1"));
        assertThat(client.ackOn(halves)).extracting(Answer::names).containsExactly(List.of("a~1"), List.of("b~1"));
    }

    @Test
    void rule_13_a_name_that_is_dropped_before_the_answer_can_be_asked_for_again() {
        Answer all = ask("a~1", "b~1").getFirst();
        client.unsubscribe(Types.ASSIGNMENT, "a~1");
        assertThat(client.ackOn(client.ack(all))).isEmpty();
        assertThat(client.ackOn(client.subscribe(Types.ASSIGNMENT, "a~1")))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("a~1"));
    }

    @Test
    void rule_25_who_takes_nothing_yet_gets_the_newest_once_it_does() {
        client.pause();
        assertThat(ask("a~1", "b~1")).isEmpty();
        client.change(views.put(assignment("b", 2)));
        List<Answer> answers = client.resume();
        assertThat(answers).singleElement().extracting(Answer::names).isEqualTo(List.of("a~1", "b~1"));
        assertThat(client.ackOn(answers)).isEqualTo(answers);
    }

    @Test
    void rule_13_what_is_not_there_is_said_to_be_gone_and_comes_when_it_is() {
        Answer answer = ask("a~1", "d~1").getFirst();
        assertThat(answer.names()).containsExactly("a~1");
        client.ackOn(List.of(answer));
        assertThat(client.ackOn(client.change(views.put(assignment("d", 1)))))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("d~1"));
    }

    @Test
    void rule_19_of_a_crowd_that_shows_all_only_who_has_another_version_is_sent_something() {
        Map<String, String> all = Map.of(
                "a~1", assignment("a", 1).body(1).version(),
                "b~1", assignment("b", 1).body(1).version());
        Map<String, String> older = new HashMap<>(all);
        older.put("b~1", "1-older");
        List<String> names = List.of("a~1", "b~1");
        assertThat(client.delta(Types.ASSIGNMENT, names, List.of(), all)).isEmpty();
        PureClient other = PureClient.ads(Variant.DELTA, views);
        assertThat(other.delta(Types.ASSIGNMENT, names, List.of(), older))
                .singleElement()
                .extracting(Answer::names)
                .isEqualTo(List.of("b~1"));
    }
}
