package io.tailrace.gateway.testing;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.gateway.stream.Content;
import io.tailrace.gateway.stream.Request;
import io.tailrace.gateway.stream.Response;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Types;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker that all streams pass through finds what it is there to find. */
class StreamCheckerTest {
    private static final class Scripted {
        private final Variant variant;
        private final StreamChecker checker;
        private long revision = 1;
        private @Nullable Node node;

        Scripted(Variant variant) {
            this.variant = variant;
            this.checker = new StreamChecker(StreamSettings.ads(variant));
        }

        Scripted asks(String typeUrl, String... names) {
            return sends(typeUrl, "", null, List.of(names));
        }

        Scripted sends(String typeUrl, String nonce, @Nullable String error, List<String> names) {
            Request.Names wanted = variant == Variant.SOTW
                    ? new Request.Sotw("", names)
                    : new Request.Delta(names, List.of(), Map.of());
            checker.asked(new Request(node, typeUrl, nonce, error, wanted));
            node = null;
            return this;
        }

        Scripted acks(String typeUrl, String nonce) {
            return sends(typeUrl, nonce, null, List.of());
        }

        Scripted takingTtls() {
            node = PureClient.TAKES_TTLS;
            return this;
        }

        Scripted beats(String typeUrl, String nonce, Thing... things) {
            var bodies = Arrays.stream(things)
                    .map(thing -> thing.body(revision).heartbeat())
                    .toList();
            checker.answered(Answer.of(new Response(new Content(variant, typeUrl, "", bodies, List.of()), nonce)));
            return this;
        }

        Scripted at(long newRevision) {
            revision = newRevision;
            return this;
        }

        Scripted gets(String typeUrl, String nonce, Thing... things) {
            return gets(typeUrl, nonce, List.of(), things);
        }

        Scripted gets(String typeUrl, String nonce, List<String> removed, Thing... things) {
            var bodies =
                    Arrays.stream(things).map(thing -> thing.body(revision)).toList();
            checker.answered(Answer.of(new Response(new Content(variant, typeUrl, "", bodies, removed), nonce)));
            return this;
        }
    }

    private static Scripted delta() {
        return new Scripted(Variant.DELTA);
    }

    private static Scripted sotw() {
        return new Scripted(Variant.SOTW);
    }

    private interface Step {
        void run();
    }

    private static void finds(String problem, Step last) {
        assertThatThrownBy(last::run).isInstanceOf(AssertionError.class).hasMessageContaining(problem);
    }

    @Test
    void aGoodStreamPasses() {
        assertThatCode(() -> sotw().asks(Types.CLUSTER)
                        .gets(Types.CLUSTER, "1", cluster("a", 1))
                        .acks(Types.CLUSTER, "1")
                        .asks(Types.LISTENER)
                        .gets(Types.LISTENER, "2", listener("l", 1))
                        .gets(Types.CLUSTER, "3", cluster("a", 1), cluster("b", 1)))
                .doesNotThrowAnyException();
    }

    @Test
    void aNonceThatComesAgain() {
        Scripted stream = delta().asks(Types.CLUSTER).gets(Types.CLUSTER, "1", cluster("a", 1));
        finds("nonce", () -> stream.gets(Types.CLUSTER, "1", cluster("b", 1)));
    }

    @Test
    void aResponseWithoutTypeOrWithANameTwice() {
        finds("without a type URL", () -> delta().asks(Types.CLUSTER).gets("", "1", cluster("a", 1)));
        finds("twice", () -> delta().asks(Types.CLUSTER).gets(Types.CLUSTER, "1", cluster("a", 1), cluster("a", 2)));
        finds("twice", () -> delta().asks(Types.CLUSTER).gets(Types.CLUSTER, "1", List.of("a"), cluster("a", 1)));
    }

    @Test
    void anAnswerToAnAck() {
        Scripted stream = sotw().asks(Types.CLUSTER)
                .gets(Types.CLUSTER, "1", cluster("a", 1))
                .acks(Types.CLUSTER, "1");
        finds("nothing new", () -> stream.gets(Types.CLUSTER, "2", cluster("a", 1)));
        Scripted other = delta().asks(Types.CLUSTER)
                .gets(Types.CLUSTER, "1", cluster("a", 1))
                .acks(Types.CLUSTER, "1");
        finds("though the client has it", () -> other.gets(Types.CLUSTER, "2", cluster("a", 1)));
    }

    @Test
    void whatNobodySubscribedTo() {
        finds(
                "isn't subscribed",
                () -> sotw().asks(Types.ASSIGNMENT, "a~1").gets(Types.ASSIGNMENT, "1", assignment("b", 1)));
    }

    @Test
    void aRemovalOfWhatWasNeverSent() {
        finds("never sent", () -> delta().asks(Types.CLUSTER).gets(Types.CLUSTER, "1", List.of("a"), cluster("b", 1)));
    }

    @Test
    void aVersionThatStaysWhileTheContentChangesAndOneThatChangesWhileItStays() {
        Scripted stream = delta().asks(Types.ROUTE, "r").gets(Types.ROUTE, "1", Thing.route("r", 1));
        finds("other content at the same version", () -> stream.checker.answered(forged("2", "r", 2, 1)));
        Scripted other = delta().asks(Types.ROUTE, "r")
                .gets(Types.ROUTE, "1", Thing.route("r", 1))
                .asks(Types.ROUTE, "r");
        finds("same content at another version", () -> other.checker.answered(forged("2", "r", 1, 2)));
    }

    /** A route with the content of one edition and the version of another. */
    private static Answer forged(String nonce, String name, int content, int version) {
        Answer real = Answer.of(new Response(
                new Content(
                        Variant.DELTA,
                        Types.ROUTE,
                        "",
                        List.of(Thing.route(name, content).body(1)),
                        List.of()),
                nonce));
        Answer.Piece piece = real.resources().getFirst();
        return new Answer(
                real.typeUrl(),
                nonce,
                "",
                List.of(new Answer.Piece(
                        name,
                        Thing.route(name, version).body(1).version(),
                        piece.content(),
                        piece.refs(),
                        0,
                        false,
                        List.of())),
                List.of());
    }

    @Test
    void aNewPositionOfTheSameContentIsNoOtherVersion() {
        assertThatCode(() -> delta().asks(Types.ROUTE, "r")
                        .gets(Types.ROUTE, "1", Thing.route("r", 1))
                        .asks(Types.ROUTE, "r")
                        .at(2)
                        .gets(Types.ROUTE, "2", Thing.route("r", 1)))
                .doesNotThrowAnyException();
    }

    @Test
    void aTtlForAClientThatTakesNone() {
        Thing timed = cluster("a", 1).withTtl(1_000);
        finds("doesn't take", () -> delta().asks(Types.CLUSTER).gets(Types.CLUSTER, "1", timed));
        assertThatCode(() -> delta().takingTtls()
                        .asks(Types.CLUSTER)
                        .gets(Types.CLUSTER, "1", timed)
                        .beats(Types.CLUSTER, "2", timed))
                .doesNotThrowAnyException();
    }

    @Test
    void aHeartbeatThatRefreshesNothing() {
        Thing timed = cluster("a", 1).withTtl(1_000);
        finds(
                "which it doesn't have",
                () -> delta().takingTtls()
                        .asks(Types.CLUSTER)
                        .gets(Types.CLUSTER, "1", cluster("b", 1))
                        .beats(Types.CLUSTER, "2", timed));
        finds(
                "that wasn't sent",
                () -> delta().takingTtls()
                        .asks(Types.CLUSTER)
                        .gets(Types.CLUSTER, "1", timed)
                        .at(2)
                        .beats(Types.CLUSTER, "2", timed));
        finds(
                "in state of the world",
                () -> sotw().takingTtls()
                        .asks(Types.CLUSTER)
                        .gets(Types.CLUSTER, "1", timed)
                        .beats(Types.CLUSTER, "2", timed));
    }

    @Test
    void listenersBeforeTheClustersAreAcked() {
        for (Variant variant : Variant.values()) {
            Scripted stream = new Scripted(variant)
                    .asks(Types.CLUSTER)
                    .gets(Types.CLUSTER, "1", cluster("a", 1))
                    .asks(Types.LISTENER);
            finds("before the clusters", () -> stream.gets(Types.LISTENER, "2", listener("l", 1)));
        }
    }

    @Test
    void aClusterThatIsTakenAwayWhileListenersAreUnacked() {
        Scripted stream = delta().asks(Types.CLUSTER)
                .gets(Types.CLUSTER, "1", cluster("a", 1))
                .acks(Types.CLUSTER, "1")
                .asks(Types.LISTENER)
                .gets(Types.LISTENER, "2", listener("l", 1));
        finds("takes a cluster away", () -> stream.gets(Types.CLUSTER, "3", List.of("a")));
    }
}
