package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A crowd that connects is answered some at a time: DESIGN.md's storm control, and XDS.md, rules 8 and 25. */
class FirstAnswersTest {
    private static final long STALL_MS = 1_000;

    private final List<String> turns = new ArrayList<>();
    private final NavigableMap<Long, Runnable> alarms = new TreeMap<>();
    private final FirstAnswers<String> answers =
            new FirstAnswers<>(new FirstAnswerLimits(100, STALL_MS), this::nowMs, this::ring, this::turn);
    private long nowMs;
    private long bytesOfATurn = 60;

    private long nowMs() {
        return nowMs;
    }

    private void ring(Runnable task, long delayMs) {
        alarms.put(nowMs + delayMs, task);
    }

    private void turn(String stream) {
        assertThat(answers.mayAnswer(stream)).isTrue();
        turns.add(stream);
        if (bytesOfATurn > 0) {
            answers.written(stream, bytesOfATurn);
        }
    }

    private void pass(long ms) {
        nowMs += ms;
        NavigableMap<Long, Runnable> due = alarms.headMap(nowMs, true);
        List<Runnable> ringing = List.copyOf(due.values());
        due.clear();
        ringing.forEach(Runnable::run);
    }

    /** Two streams have written all that may be under way. */
    private void fill() {
        for (String stream : List.of("first", "second")) {
            assertThat(answers.mayAnswer(stream)).isTrue();
            answers.written(stream, 60);
        }
    }

    @Test
    void rule_25_above_the_limit_who_comes_waits_until_as_much_was_taken_and_is_served_in_turn() {
        fill();
        for (String stream : List.of("a", "b", "c")) {
            assertThat(answers.mayAnswer(stream)).isFalse();
        }
        answers.taken("first");
        assertThat(turns).containsExactly("a");
        answers.taken("a");
        assertThat(turns).containsExactly("a", "b");
        answers.taken("second");
        answers.taken("b");
        assertThat(turns).containsExactly("a", "b", "c");
    }

    @Test
    void rule_25_what_is_taken_at_once_keeps_nobody_waiting() {
        bytesOfATurn = 0;
        fill();
        for (int i = 0; i < 1_000; i++) {
            assertThat(answers.mayAnswer("s" + i)).isFalse();
        }
        answers.taken("first");
        assertThat(turns).hasSize(1_000).startsWith("s0", "s1", "s2");
        assertThat(answers.mayAnswer("later")).isTrue();
    }

    @Test
    void whoComesDoesNotOvertakeThoseWhoWait() {
        fill();
        answers.mayAnswer("a");
        answers.mayAnswer("b");
        answers.mayAnswer("a"); // It asks again, and keeps its place.
        bytesOfATurn = 200;
        answers.taken("first");
        assertThat(turns).containsExactly("a");
        answers.taken("second");
        assertThat(answers.mayAnswer("c")).isFalse();
        answers.taken("a");
        assertThat(turns).containsExactly("a", "b");
        answers.taken("b");
        assertThat(turns).containsExactly("a", "b", "c");
    }

    @Test
    void rule_08_who_takes_nothing_of_its_answer_keeps_others_waiting_for_a_moment_only() {
        fill();
        pass(STALL_MS - 1);
        answers.written("second", 1); // It took a part and got more: it doesn't stall.
        assertThat(answers.mayAnswer("a")).isFalse();
        assertThat(answers.mayAnswer("b")).isFalse();
        pass(1);
        assertThat(turns).containsExactly("a");
        pass(STALL_MS - 2);
        assertThat(turns).containsExactly("a");
        pass(1);
        assertThat(turns).containsExactly("a", "b");
        answers.taken("first"); // What was given up before counts no second time.
        answers.taken("second");
        assertThat(answers.mayAnswer("c")).isFalse();
    }

    @Test
    void aStreamThatEndedMakesRoomAndIsCalledNoMore() {
        fill();
        answers.mayAnswer("a");
        answers.mayAnswer("b");
        answers.leave("a");
        answers.leave("first");
        assertThat(turns).containsExactly("b");
    }

    @Test
    void aStreamThatEndsInItsTurnLeavesTheTurnToTheNext() {
        List<String> served = new ArrayList<>();
        List<FirstAnswers<String>> own = new ArrayList<>();
        FirstAnswers<String> ending =
                new FirstAnswers<>(new FirstAnswerLimits(1, STALL_MS), this::nowMs, this::ring, stream -> {
                    served.add(stream);
                    own.getFirst().leave(stream);
                });
        own.add(ending);
        ending.written("first", 1);
        ending.mayAnswer("a");
        ending.mayAnswer("b");
        ending.taken("first");
        assertThat(served).containsExactly("a", "b");
        assertThat(ending.mayAnswer("c")).isTrue();
    }
}
