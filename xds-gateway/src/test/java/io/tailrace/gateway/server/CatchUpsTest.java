package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** XDS.md, rule 21: one question to Kafka serves all who wait. */
class CatchUpsTest {
    private final List<CompletableFuture<Void>> questions = new ArrayList<>();
    private final List<String> caughtUp = new ArrayList<>();
    private final CatchUps<String> waiting = new CatchUps<>(this::ask, Runnable::run, caughtUp::add);

    private CompletableFuture<Void> ask() {
        CompletableFuture<Void> question = new CompletableFuture<>();
        questions.add(question);
        return question;
    }

    private void answer(int question) {
        questions.get(question).complete(null);
    }

    @Test
    void rule_21_one_question_serves_all_who_came_before_it_and_the_next_all_who_came_since() {
        waiting.await("first");
        for (int i = 0; i < 1_000; i++) {
            waiting.await("s" + i);
        }
        assertThat(questions).hasSize(1);
        answer(0);
        assertThat(caughtUp).containsExactly("first");
        assertThat(questions).hasSize(2);
        answer(1);
        assertThat(caughtUp).hasSize(1_001).doesNotHaveDuplicates();
        assertThat(questions).hasSize(2);
    }

    @Test
    void rule_21_who_asks_again_is_answered_by_the_answer_to_its_last_question() {
        waiting.await("a");
        waiting.await("b");
        waiting.await("a");
        answer(0);
        assertThat(caughtUp).isEmpty();
        answer(1);
        assertThat(caughtUp).containsExactly("b", "a");
    }

    @Test
    void aStreamThatEndedIsCalledNoMoreAndNothingIsKeptOfIt() {
        waiting.await("a");
        waiting.await("b");
        waiting.leave("a");
        waiting.leave("b");
        answer(0);
        assertThat(caughtUp).isEmpty();
        assertThat(questions).hasSize(1);
    }
}
