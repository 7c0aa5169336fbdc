package io.tailrace.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.ModelClient;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a client asks, acks and rejects, in whatever order with changes of the view: every stream keeps the rules, and
 * in the end the client has what the view has for it. `-Dseeds` tries more, `-Dseed` repeats one.
 */
class RandomStreamTest {
    private static final int SEEDS = Integer.getInteger("seeds", 300);
    private static final int STEPS = 80;

    private static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, SEEDS) : LongStream.of(one);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatRejectsNothingEndsWithTheTruth(Variant variant) {
        seeds().forEach(seed -> new Walk(variant, seed, Judge.NOBODY).run());
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatRejectsThisAndThatEndsWithTheTruthOnceAllHasChanged(Variant variant) {
        seeds().forEach(seed -> new Walk(variant, seed, Judge.CHANCE).run());
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatRejectsWhatIsBadEndsWithAllThatIsGood(Variant variant) {
        seeds().forEach(seed -> new Walk(variant, seed, Judge.CONTENT).run());
    }

    /** Who says that a response is rejected. */
    private enum Judge {
        NOBODY,
        CHANCE,
        CONTENT
    }

    /** One stream from its start to its end. */
    private static final class Walk {
        private static final List<String> LETTERS = List.of("a", "b", "c", "d");
        private static final List<String> TYPES =
                List.of(Types.CLUSTER, Types.ASSIGNMENT, Types.LISTENER, Types.ROUTE, Types.SECRET);

        private final Variant variant;
        private final long seed;
        private final Judge judge;
        private final Random random;
        private final Views views;
        private final PureClient stream;
        private final Map<String, ModelClient> types = new LinkedHashMap<>();
        private int edition;

        /** A response came that said more than the client had. */
        private boolean news;

        Walk(Variant variant, long seed, Judge judge) {
            this.variant = variant;
            this.seed = seed;
            this.judge = judge;
            this.random = new Random(seed);
            this.views = Views.of();
            change(); // Before the stream begins.
            // With one seed of three, what is left unanswered is soon taken for one. In SotW nothing is tried again
            // after that, and a client need not end with all that is good.
            boolean forgetful = seed % 3 == 0 && (variant == Variant.DELTA || judge != Judge.CONTENT);
            StreamSettings settings = StreamSettings.ads(variant);
            this.stream = PureClient.takingTtls(forgetful ? settings.withMaxUnanswered(2) : settings, views);
            TYPES.forEach(type -> types.put(type, new ModelClient(stream, variant, type)));
        }

        void run() {
            try {
                for (int step = 0; step < STEPS; step++) {
                    deliver(step());
                }
                if (judge == Judge.CHANCE) {
                    settle();
                    // What is gone can't change, so that its removal was rejected stays so: let all be there.
                    List<Thing> all = new ArrayList<>();
                    TYPES.forEach(type -> LETTERS.forEach(letter -> all.add(thing(new Pick(type, letter)))));
                    deliver(stream.change(views.change(all, List.of())));
                }
                settle();
                assertThat(stream.facts().stream()
                                .filter(fact -> fact instanceof Fact.Behind || fact instanceof Fact.Settled)
                                .reduce((first, last) -> last))
                        .as("something is never sent\n%s", stream.transcript())
                        .matches(last -> last.map(Fact.Settled.class::isInstance)
                                .orElse(types.values().stream().noneMatch(ModelClient::isAsked)));
                TYPES.forEach(this::compare);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed + " " + variant + ": " + e.getMessage(), e);
            }
        }

        private void deliver(List<Answer> answers) {
            for (Answer answer : answers) {
                ModelClient type = type(answer.typeUrl());
                news |= !type.knows(answer);
                type.came(answer);
            }
        }

        private ModelClient type(String typeUrl) {
            ModelClient client = types.get(typeUrl);
            if (client == null) {
                throw new AssertionError("a type that nobody asked for: " + typeUrl);
            }
            return client;
        }

        /** Acks all and lets all limits pass, until nothing more comes but what refreshes ttls. */
        private void settle() {
            do {
                news = false;
                takeAll();
                for (int i = 0; i < 40; i++) {
                    deliver(stream.pass(500));
                    takeAll();
                }
            } while (news);
        }

        private void takeAll() {
            while (types.values().stream().anyMatch(ModelClient::hasMail)) {
                for (ModelClient type : types.values()) {
                    while (type.hasMail()) {
                        deliver(judge == Judge.CONTENT ? type.judge(Walk::isBad, Set.of()) : type.ack());
                    }
                }
            }
        }

        private List<Answer> step() {
            ModelClient type = type(TYPES.get(random.nextInt(TYPES.size())));
            // A name that leaves the list and comes back while a response is under way never left it for a SotW server.
            boolean mayDrop = type.names() && (variant == Variant.DELTA || !type.hasMail());
            return switch (random.nextInt(10)) {
                case 0, 1, 2 -> stream.change(change());
                case 3, 4, 5, 6 -> type.hasMail() ? answer(type) : List.of();
                case 7 -> stream.pass(random.nextInt(1_500));
                case 8 -> ask(type);
                default -> mayDrop ? type.unsubscribe(letters(type)) : List.of();
            };
        }

        private List<Answer> answer(ModelClient type) {
            return switch (judge) {
                case NOBODY -> type.ack();
                case CHANCE -> random.nextInt(4) == 0 ? type.nack(letters(type)) : type.ack();
                case CONTENT -> type.judge(Walk::isBad, letters(type));
            };
        }

        private List<Answer> ask(ModelClient type) {
            boolean wild = type == types.get(Types.CLUSTER) || type == types.get(Types.LISTENER);
            return wild && !type.isAsked() && random.nextInt(4) > 0 ? type.wildcard() : type.subscribe(letters(type));
        }

        /** An eighth of all contents. */
        private static boolean isBad(Answer.Piece piece) {
            return !piece.heartbeat() && isBad(piece.content());
        }

        private static boolean isBad(String content) {
            return content.charAt(0) < '2';
        }

        /** It is bad, or refers to something that is, or that is gone after it was. */
        private boolean mayLack(Thing thing) {
            return isBad(seen(thing))
                    || thing.refs().stream()
                            .map(views.things()::get)
                            .anyMatch(other -> other == null || isBad(seen(other)));
        }

        /** Its content, as this client gets it. */
        private String seen(Thing thing) {
            boolean timed = Turn.mayHaveTtl(thing.name().typeUrl(), variant == Variant.DELTA);
            return (timed ? thing : thing.withTtl(0)).body(1).hash();
        }

        private Set<String> letters(ModelClient type) {
            Set<String> names = new TreeSet<>();
            do {
                String letter = LETTERS.get(random.nextInt(LETTERS.size()));
                names.add(type == types.get(Types.ASSIGNMENT) ? Thing.assignmentOf(letter) : letter);
            } while (random.nextBoolean());
            return names;
        }

        private ViewStep change() {
            List<Thing> changed = new ArrayList<>();
            List<Thing> gone = new ArrayList<>();
            for (var name : some()) {
                Thing stands = views.things().get(thing(name).name());
                if (stands == null || random.nextInt(3) > 0) {
                    changed.add(thing(name));
                } else if (!stands.name().typeUrl().equals(Types.ASSIGNMENT)) {
                    gone.add(stands);
                    Thing hosts = views.things()
                            .get(thing(new Pick(Types.ASSIGNMENT, name.letter()))
                                    .name());
                    if (stands.name().typeUrl().equals(Types.CLUSTER) && hosts != null && random.nextBoolean()) {
                        changed.removeIf(thing -> thing.name().equals(hosts.name()));
                        gone.add(hosts);
                    }
                }
            }
            for (Thing thing : List.copyOf(changed)) { // Every cluster has its load assignment, from the first moment.
                Thing hosts = thing(new Pick(Types.ASSIGNMENT, thing.name().name()));
                if (thing.name().typeUrl().equals(Types.CLUSTER)
                        && !views.things().containsKey(hosts.name())) {
                    changed.removeIf(other -> other.name().equals(hosts.name()));
                    changed.add(hosts);
                }
            }
            changed.removeIf(
                    thing -> gone.stream().anyMatch(other -> other.name().equals(thing.name())));
            return views.change(changed, gone);
        }

        private record Pick(String typeUrl, String letter) {}

        private Set<Pick> some() {
            Set<Pick> picks = new LinkedHashSet<>();
            do {
                picks.add(
                        new Pick(TYPES.get(random.nextInt(TYPES.size())), LETTERS.get(random.nextInt(LETTERS.size()))));
            } while (random.nextInt(3) > 0);
            return picks;
        }

        private Thing thing(Pick pick) {
            return thing(
                    pick.typeUrl(),
                    pick.typeUrl().equals(Types.ASSIGNMENT) ? Thing.assignmentOf(pick.letter()) : pick.letter());
        }

        private Thing thing(String typeUrl, String name) {
            edition++;
            String other = LETTERS.get(random.nextInt(LETTERS.size()));
            Thing thing = switch (typeUrl) {
                case Types.CLUSTER -> Thing.cluster(name, edition);
                case Types.ASSIGNMENT -> Thing.assignment(name.substring(0, 1), edition);
                case Types.LISTENER -> Thing.listener(name, edition, other);
                case Types.ROUTE -> Thing.route(name, edition, other);
                default -> Thing.of(typeUrl, name, StringValue.of("edition-" + edition), false);
            };
            return random.nextInt(4) == 0 ? thing.withTtl(1_000 + random.nextInt(4) * 1_000) : thing;
        }

        private void compare(String typeUrl) {
            ModelClient client = type(typeUrl);
            Map<String, String> truth = new TreeMap<>();
            views.things().forEach((name, thing) -> {
                boolean open = !typeUrl.equals(Types.ASSIGNMENT)
                        || views.things()
                                .containsKey(Thing.cluster(name.name().substring(0, 1), 0)
                                        .name());
                if (name.typeUrl().equals(typeUrl) && client.wants(name.name()) && open) {
                    truth.put(name.name(), seen(thing));
                }
            });
            if (judge == Judge.CONTENT) {
                views.things().values().stream().filter(this::mayLack).forEach(thing -> {
                    if (thing.name().typeUrl().equals(typeUrl)) {
                        truth.remove(thing.name().name());
                    }
                });
                assertThat(client.held())
                        .as("%s\n%s", typeUrl, stream.transcript())
                        .containsAllEntriesOf(truth);
                return;
            }
            if (variant == Variant.DELTA || Turn.isWhole(typeUrl)) {
                assertThat(client.held())
                        .as("%s\n%s", typeUrl, stream.transcript())
                        .isEqualTo(truth);
            } else {
                assertThat(client.held())
                        .as("%s\n%s", typeUrl, stream.transcript())
                        .containsAllEntriesOf(truth);
            }
        }
    }
}
