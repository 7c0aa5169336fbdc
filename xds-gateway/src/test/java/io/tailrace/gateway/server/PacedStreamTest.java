package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.tailrace.gateway.stream.Fact;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a stream of a crowd does until it is its turn: storm control, and XDS.md, rules 8, 21, 25 and 28. */
class PacedStreamTest {
    /** More than a stream waits for the log. */
    private static final long STALL_MS = 10_000;

    private static final List<String> NAMES = List.of("a~1", "b~1");

    private final Views views = Views.of(
            cluster("a", 1),
            cluster("b", 1),
            assignment("a", 1),
            assignment("b", 1),
            Thing.of(Types.RUNTIME, "r", StringValue.of("r"), false));
    private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    private final PureWorker worker =
            new PureWorker(views.view(), new AtomicLong(), () -> caughtUp, new FirstAnswerLimits(1, STALL_MS), 0);

    /** A client of one delta stream, which reads when it is told to. */
    private final class Client {
        private final List<Fact> told = new ArrayList<>();
        private final PureStream stream = worker.accept(StreamSettings.ads(Variant.DELTA), StreamTap.NONE, told::add);
        private boolean known;

        Client asks(String type, List<String> names, Map<String, String> versions) {
            return sends(new Request(
                    known ? null : PureClient.NODE, type, "", null, new Request.Delta(names, List.of(), versions)));
        }

        Client asks(String type, String... names) {
            return asks(type, List.of(names), Map.of());
        }

        Client sends(Request request) {
            known = true;
            stream.ask(request);
            run();
            return this;
        }

        /** All that the stream reads is delivered, and all that follows of it happens. */
        private void run() {
            while (stream.deliver() || worker.runNext()) {}
        }

        /** And acks it. */
        @Nullable
        List<String> reads() {
            Response response = stream.receive();
            run();
            if (response == null) {
                return null;
            }
            sends(new Request(
                    null,
                    response.content().typeUrl(),
                    response.nonce(),
                    null,
                    new Request.Delta(List.of(), List.of(), Map.of())));
            return Answer.of(response).names();
        }

        /** Its transport is full of first answers. */
        Client stalls() {
            asks(Types.RUNTIME, "r");
            asks(Types.CLUSTER);
            return asks(Types.ASSIGNMENT, "a~1");
        }
    }

    private void publish(Thing... changed) {
        worker.publish(views.put(changed));
        while (worker.runNext()) {}
    }

    private void pass(long ms) {
        worker.now(ms);
        while (worker.runNext()) {}
    }

    @Test
    void rule_25_who_comes_waits_until_those_before_have_taken_theirs() {
        Client first = new Client().stalls();
        Client second = new Client().asks(Types.ASSIGNMENT, "a~1");
        assertThat(worker.waiting()).isEqualTo(1);
        assertThat(second.reads()).isNull();
        assertThat(first.reads()).containsExactly("r");
        assertThat(worker.waiting()).isZero();
        assertThat(second.reads()).containsExactly("a~1");
    }

    @Test
    void rule_25_what_it_asked_for_is_the_newest_in_its_turn() {
        Client first = new Client().stalls();
        Client second = new Client().asks(Types.ASSIGNMENT, "a~1");
        publish(assignment("a", 2));
        first.reads();
        assertThat(Objects.requireNonNull(second.stream.receive()).content().resources())
                .extracting(Body::version)
                .containsExactly(assignment("a", 2).body(2).version());
    }

    @Test
    void rule_25_a_stream_that_asks_for_more_gets_changes_of_what_it_has_while_it_waits() {
        Client working = new Client().asks(Types.ASSIGNMENT, "a~1");
        assertThat(working.reads()).containsExactly("a~1");
        Client first = new Client().stalls();
        working.asks(Types.ASSIGNMENT, "b~1");
        assertThat(worker.waiting()).isEqualTo(1);
        publish(assignment("a", 2));
        assertThat(working.reads()).containsExactly("a~1");
        assertThat(working.reads()).isNull();
        first.reads();
        working.run(); // Its ack has come behind what waited.
        assertThat(working.reads()).containsExactly("b~1");
    }

    @Test
    void rule_25_who_has_begun_goes_before_those_who_have_not() {
        Client begun = new Client().asks(Types.CLUSTER);
        assertThat(begun.reads()).containsExactly("a", "b");
        Client first = new Client().stalls();
        Client fresh = new Client().stalls();
        begun.asks(Types.ASSIGNMENT, "a~1");
        assertThat(worker.waiting()).isEqualTo(2);
        first.reads();
        assertThat(begun.reads()).containsExactly("a~1");
        assertThat(fresh.reads()).containsExactly("r");
    }

    @Test
    void rule_08_who_takes_nothing_holds_others_up_for_a_moment_only() {
        new Client().stalls();
        Client second = new Client().asks(Types.ASSIGNMENT, "a~1");
        pass(STALL_MS - 1);
        assertThat(second.reads()).isNull();
        pass(STALL_MS);
        assertThat(second.reads()).containsExactly("a~1");
    }

    @Test
    void rule_08_who_ends_while_it_waits_is_forgotten_and_who_ends_before_it_makes_room() {
        Client first = new Client().stalls();
        Client second = new Client().asks(Types.ASSIGNMENT, "a~1");
        Client third = new Client().asks(Types.ASSIGNMENT, "b~1");
        second.stream.close();
        assertThat(worker.waiting()).isEqualTo(1);
        first.stream.close();
        while (worker.runNext()) {}
        assertThat(third.reads()).containsExactly("b~1");
        third.stream.close();
        assertThat(worker.isEmpty()).isTrue();
    }

    @Test
    void rule_13_who_shows_that_it_has_all_waits_for_nobody() {
        new Client().stalls();
        Map<String, String> versions = Map.of(
                "a~1", assignment("a", 1).body(1).version(),
                "b~1", assignment("b", 1).body(1).version());
        Client knowing = new Client().asks(Types.ASSIGNMENT, NAMES, versions);
        assertThat(worker.waiting()).isZero();
        assertThat(knowing.told).anyMatch(Fact.Settled.class::isInstance);
        assertThat(knowing.reads()).isNull();
    }

    @Test
    void rule_21_who_waited_for_the_log_is_told_of_it_in_its_turn() {
        Client behind = new Client().asks(Types.ASSIGNMENT, NAMES, Map.of("a~1", "9-other", "b~1", "9-others"));
        Client first = new Client().stalls();
        caughtUp.complete(null);
        while (worker.runNext()) {}
        assertThat(worker.waiting()).isEqualTo(1);
        assertThat(behind.reads()).isNull();
        first.reads();
        assertThat(behind.reads()).containsExactly("a~1", "b~1");
    }

    @Test
    void rule_21_in_its_turn_it_says_what_it_owes_and_then_what_it_was_asked_for_meanwhile() {
        Client behind = new Client().asks(Types.ASSIGNMENT, NAMES, Map.of("a~1", "9-other", "b~1", "9-others"));
        Client first = new Client().stalls();
        caughtUp.complete(null);
        behind.asks(Types.RUNTIME, "r");
        publish(assignment("b", 2));
        pass(STALL_MS / 2);
        behind.stream.now(STALL_MS / 2);
        behind.run();
        assertThat(behind.told)
                .as("it was caught up before the limit")
                .noneMatch(Fact.CatchUpLimitPassed.class::isInstance);
        first.reads();
        assertThat(behind.reads()).containsExactly("a~1", "b~1");
        assertThat(behind.reads()).containsExactly("r");
    }
}
