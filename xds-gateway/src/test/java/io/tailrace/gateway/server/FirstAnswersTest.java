package io.tailrace.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A crowd that connects is answered in turn: storm control, and XDS.md, rules 8 and 25. */
class FirstAnswersTest {
    private static final long STALL_MS = 1_000;

    private final List<String> turns = new ArrayList<>();
    private final NavigableMap<Long, Runnable> timers = new TreeMap<>();
    private final FirstAnswers<String> answers =
            new FirstAnswers<>(new FirstAnswerLimits(100, STALL_MS), this::nowMs, this::in, this::turn);
    private long nowMs = 5_000;
    private long bytesOfATurn = 60;

    private long nowMs() {
        return nowMs;
    }

    private void in(long delayMs, Runnable task) {
        assertThat(timers.put(nowMs + delayMs, task)).isNull();
    }

    private void turn(String stream) {
        turns.add(stream);
        if (bytesOfATurn > 0) {
            answers.written(stream, bytesOfATurn);
        }
    }

    private void pass(long ms) {
        nowMs += ms;
        NavigableMap<Long, Runnable> due = timers.headMap(nowMs, true);
        List<Runnable> ringing = List.copyOf(due.values());
        due.clear();
        ringing.forEach(Runnable::run);
    }

    private boolean comes(String stream) {
        return answers.mayAnswer(stream, false);
    }

    /** Two streams have written all that may be under way. */
    private void fill() {
        for (String stream : List.of("first", "second")) {
            assertThat(comes(stream)).isTrue();
            answers.written(stream, 60);
        }
    }

    @Test
    void rule_25_above_the_limit_who_comes_waits_until_as_much_was_taken_and_is_served_in_turn() {
        fill();
        for (String stream : List.of("a", "b", "c")) {
            assertThat(comes(stream)).isFalse();
        }
        assertThat(answers.waiting()).isEqualTo(3);
        answers.taken("first");
        assertThat(turns).containsExactly("a");
        answers.taken("a");
        assertThat(turns).containsExactly("a", "b");
        answers.taken("second");
        answers.taken("b");
        assertThat(turns).containsExactly("a", "b", "c");
        assertThat(answers.waiting()).isZero();
    }

    @Test
    void rule_25_who_has_had_an_answer_goes_before_those_who_have_had_none() {
        fill();
        comes("a");
        comes("b");
        assertThat(answers.mayAnswer("second", true)).isFalse();
        answers.taken("first");
        assertThat(turns).containsExactly("second");
        answers.taken("second");
        assertThat(turns).containsExactly("second", "a", "b");
    }

    @Test
    void rule_08_those_who_ask_again_and_again_leave_every_fourth_turn_to_others() {
        bytesOfATurn = 0;
        fill();
        for (int i = 0; i < 6; i++) {
            answers.mayAnswer("b" + i, true);
            comes("f" + i);
        }
        answers.taken("first");
        assertThat(turns).containsExactly("b0", "b1", "b2", "f0", "b3", "b4", "b5", "f1", "f2", "f3", "f4", "f5");
    }

    @Test
    void whoComesDoesNotOvertakeThoseWhoWait() {
        bytesOfATurn = 200;
        fill();
        comes("a");
        comes("b");
        comes("a"); // It asks again, and keeps its place.
        answers.taken("first");
        answers.taken("second");
        assertThat(turns).containsExactly("a");
        assertThat(comes("c")).isFalse();
        answers.taken("a");
        assertThat(turns).containsExactly("a", "b");
        answers.taken("b");
        assertThat(turns).containsExactly("a", "b", "c");
    }

    @Test
    void rule_25_a_crowd_that_is_owed_little_lets_sockets_go_between() {
        bytesOfATurn = 0;
        fill();
        for (int i = 0; i < 100; i++) {
            comes("s" + i);
        }
        answers.taken("first");
        assertThat(turns).hasSize(64).startsWith("s0", "s1", "s2");
        assertThat(comes("later")).isFalse();
        pass(0);
        assertThat(turns).hasSize(101).endsWith("later");
        assertThat(comes("last")).isTrue();
    }

    @Test
    void rule_08_when_nobody_takes_anything_for_a_moment_those_who_wait_go_on() {
        fill();
        pass(STALL_MS - 1);
        comes("a");
        comes("b");
        assertThat(turns).isEmpty();
        pass(1);
        assertThat(turns).containsExactly("a", "b");
        answers.taken("first"); // What was given up counts no second time.
        answers.taken("second");
        assertThat(comes("c")).isFalse();
        pass(STALL_MS - 1);
        assertThat(turns).hasSize(2);
        pass(1);
        assertThat(turns).containsExactly("a", "b", "c");
    }

    @Test
    void rule_08_a_crowd_that_takes_slowly_but_takes_stays_within_the_limit() {
        fill();
        comes("a");
        comes("b");
        comes("c");
        pass(STALL_MS - 1);
        answers.taken("first");
        assertThat(turns).containsExactly("a");
        pass(STALL_MS - 1);
        assertThat(turns).containsExactly("a");
        answers.taken("second");
        assertThat(turns).containsExactly("a", "b");
        pass(STALL_MS - 1);
        assertThat(turns).containsExactly("a", "b");
        pass(1);
        assertThat(turns).containsExactly("a", "b", "c");
    }

    @Test
    void rule_08_who_stalls_among_others_that_take_theirs_keeps_its_place_for_twice_the_limit() {
        fill();
        for (int i = 0; i < 10; i++) {
            comes("s" + i);
        }
        answers.taken("second");
        assertThat(turns).containsExactly("s0");
        answers.taken("s0");
        answers.taken("s1");
        assertThat(turns).containsExactly("s0", "s1", "s2");
        answers.taken("s2"); // 240 bytes were taken since "first" was answered, which is given up.
        assertThat(turns).containsExactly("s0", "s1", "s2", "s3", "s4");
    }

    @Test
    void aStreamThatEndedMakesRoomAndIsCalledNoMore() {
        fill();
        comes("a");
        comes("b");
        answers.leave("a");
        answers.leave("first");
        assertThat(turns).containsExactly("b");
    }

    @Test
    void aTurnThatFailsLeavesTheNextToTheOthers() {
        List<String> served = new ArrayList<>();
        FirstAnswers<String> failing =
                new FirstAnswers<>(new FirstAnswerLimits(1, STALL_MS), this::nowMs, this::in, stream -> {
                    served.add(stream);
                    if (stream.equals("a")) {
                        throw new IllegalStateException("a");
                    }
                });
        failing.written("first", 1);
        failing.mayAnswer("a", false);
        failing.mayAnswer("b", false);
        timers.clear();
        assertThatThrownBy(() -> failing.leave("first")).isInstanceOf(IllegalStateException.class);
        pass(STALL_MS);
        assertThat(served).containsExactly("a", "b");
        assertThat(failing.mayAnswer("c", false)).isTrue();
    }

    @Test
    void aStreamThatEndsInItsTurnLeavesTheTurnToTheNext() {
        List<String> served = new ArrayList<>();
        List<FirstAnswers<String>> own = new ArrayList<>();
        FirstAnswers<String> ending =
                new FirstAnswers<>(new FirstAnswerLimits(1, STALL_MS), this::nowMs, this::in, stream -> {
                    served.add(stream);
                    own.getFirst().leave(stream);
                });
        own.add(ending);
        ending.written("first", 1);
        ending.mayAnswer("a", false);
        ending.mayAnswer("b", false);
        ending.taken("first");
        assertThat(served).containsExactly("a", "b");
        assertThat(ending.mayAnswer("c", false)).isTrue();
    }
}
