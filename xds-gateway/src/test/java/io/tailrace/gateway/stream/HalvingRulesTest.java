package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Types;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XDS.md, rule 6: a response that is rejected is sent again in halves, until what is bad in it stands alone. */
class HalvingRulesTest {
    private static final int FIFTY = 50;

    /** A client that rejects whatever holds a bad name, and keeps nothing of it. */
    private static final class Critic {
        private final PureClient client;
        private final boolean whole;
        private final Set<String> bad;
        private final Set<String> has = new TreeSet<>();
        private int rejections;

        Critic(PureClient client, boolean whole, Set<String> bad) {
            this.client = client;
            this.whole = whole;
            this.bad = bad;
        }

        /** Answers until nothing more comes. */
        Critic takes(List<Answer> answers) {
            Deque<Answer> inbox = new ArrayDeque<>(answers);
            while (!inbox.isEmpty()) {
                Answer answer = inbox.remove();
                if (answer.names().stream().anyMatch(bad::contains)) {
                    rejections++;
                    inbox.addAll(client.nack(answer, "bad"));
                } else {
                    if (whole) {
                        has.clear();
                    }
                    has.addAll(answer.names());
                    answer.removed().forEach(has::remove);
                    inbox.addAll(client.ack(answer));
                }
            }
            return this;
        }
    }

    private static Stream<Arguments> types() {
        return Stream.of(Variant.values())
                .flatMap(
                        variant -> Stream.of(Types.CLUSTER, Types.LISTENER, Types.ROUTE, Types.ASSIGNMENT, Types.SECRET)
                                .map(type -> Arguments.of(variant, type)));
    }

    private static Thing thing(String type, int number, int edition) {
        String name = "n%02d".formatted(number);
        return switch (type) {
            case Types.CLUSTER -> cluster(name, edition);
            case Types.LISTENER -> listener(name, edition);
            case Types.ROUTE -> route(name, edition);
            case Types.ASSIGNMENT -> assignment(name, edition);
            default -> Thing.of(type, name, StringValue.of(name + edition), false);
        };
    }

    private static String name(String type, int number) {
        return thing(type, number, 1).name().name();
    }

    private static Thing[] fifty(String type, int edition) {
        return IntStream.range(0, FIFTY)
                .boxed()
                .flatMap(number -> type.equals(Types.ASSIGNMENT)
                        ? Stream.of(thing(Types.CLUSTER, number, 1), thing(type, number, edition))
                        : Stream.of(thing(type, number, edition)))
                .toArray(Thing[]::new);
    }

    private static Critic critic(Variant variant, String type, Views views, int... bad) {
        Set<String> names = new TreeSet<>();
        IntStream.of(bad).forEach(number -> names.add(name(type, number)));
        PureClient client = PureClient.ads(variant, views);
        return new Critic(client, variant == Variant.SOTW && Turn.isWhole(type), names);
    }

    private static List<Answer> asks(PureClient client, String type) {
        return type.equals(Types.CLUSTER) || type.equals(Types.LISTENER)
                ? client.wildcard(type)
                : client.subscribe(
                        type,
                        IntStream.range(0, FIFTY)
                                .mapToObj(number -> name(type, number))
                                .toArray(String[]::new));
    }

    private static Set<String> allBut(String type, int... bad) {
        Set<String> names = new TreeSet<>();
        IntStream.range(0, FIFTY).forEach(number -> names.add(name(type, number)));
        IntStream.of(bad).forEach(number -> names.remove(name(type, number)));
        return names;
    }

    @ParameterizedTest
    @MethodSource("types")
    void rule_06_of_fifty_with_a_bad_one_the_client_ends_with_the_others(Variant variant, String type) {
        Critic critic = critic(variant, type, Views.of(fifty(type, 1)), 17);

        critic.takes(asks(critic.client, type));

        assertThat(critic.has).isEqualTo(allBut(type, 17));
        assertThat(critic.rejections).isLessThanOrEqualTo(7); // 50, 25, 13, 7, 4, 2, 1
    }

    @ParameterizedTest
    @MethodSource("types")
    void rule_06_several_bad_ones_are_all_found(Variant variant, String type) {
        Critic critic = critic(variant, type, Views.of(fifty(type, 1)), 0, 24, 25, 49);

        critic.takes(asks(critic.client, type));

        assertThat(critic.has).isEqualTo(allBut(type, 0, 24, 25, 49));
    }

    @ParameterizedTest
    @MethodSource("types")
    void rule_06_what_was_found_bad_is_sent_when_it_has_changed_and_not_before(Variant variant, String type) {
        Views views = Views.of(fifty(type, 1));
        Critic critic = critic(variant, type, views, 17);
        critic.takes(asks(critic.client, type));
        assertThat(critic.client.pass(60_000)).isEmpty();

        critic.bad.clear();
        critic.takes(critic.client.change(views.put(thing(type, 17, 2))));

        assertThat(critic.has).isEqualTo(allBut(type));
        assertThat(critic.client.facts()).contains(new Fact.Mended(type, List.of(name(type, 17))));
    }

    @ParameterizedTest
    @MethodSource("types")
    void rule_06_what_changes_while_the_bad_one_is_looked_for_goes_out(Variant variant, String type) {
        Views views = Views.of(fifty(type, 1));
        Critic critic = critic(variant, type, views, 17);
        List<Answer> halves = critic.client.nack(asks(critic.client, type).getFirst(), "bad");

        List<Answer> changed = critic.client.change(views.put(thing(type, 40, 2)));

        critic.takes(Stream.concat(halves.stream(), changed.stream()).toList());
        assertThat(critic.has).isEqualTo(allBut(type, 17));
        assertThat(critic.client.transcript())
                .contains(thing(type, 40, 2).body(1).hash());
    }

    @ParameterizedTest
    @MethodSource("types")
    void rule_06_what_was_found_bad_is_mended_when_it_leaves(Variant variant, String type) {
        Views views = Views.of(fifty(type, 1));
        Critic critic = critic(variant, type, views, 17);
        critic.takes(asks(critic.client, type));
        critic.takes(critic.client.change(views.put(thing(type, 20, 2))));

        Thing[] gone = type.equals(Types.ASSIGNMENT)
                ? new Thing[] {thing(Types.CLUSTER, 17, 1), thing(type, 17, 1)}
                : new Thing[] {thing(type, 17, 1)};
        critic.takes(critic.client.change(views.remove(gone)));
        critic.takes(critic.client.pass(60_000));

        assertThat(critic.client.facts()).contains(new Fact.Mended(type, List.of(name(type, 17))));
    }

    /** What it has isn't known: nothing may be left out, or it would be taken away. */
    @ParameterizedTest
    @ValueSource(strings = {Types.CLUSTER, Types.LISTENER})
    void rule_06_a_sotw_client_that_was_here_before_and_rejects_its_first_response_loses_nothing(String type) {
        Views views = Views.of(fifty(type, 1));
        PureClient client = PureClient.ads(Variant.SOTW, views).behindTheLog();
        client.list(type, List.of(), "the version of another gateway");
        Answer first = client.caughtUp().getFirst();
        assertThat(client.nack(first, "bad")).isEmpty();

        Answer next = client.change(views.put(thing(type, 3, 2))).getFirst();

        assertThat(next.names()).containsExactlyElementsOf(allBut(type));
        client.ack(next);
        assertThat(client.facts()).last().isNotInstanceOf(Fact.Behind.class);
    }

    @ParameterizedTest
    @EnumSource
    void rule_06_a_convicted_name_of_another_group_keeps_no_cluster(Variant variant) {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), listener("bad", 1), listener("l", 1));
        PureClient client = PureClient.ads(variant, views);
        Critic critic = new Critic(client, variant == Variant.SOTW, new TreeSet<>(Set.of("bad")));
        client.ackOn(client.wildcard(Types.CLUSTER));
        critic.takes(client.wildcard(Types.LISTENER));
        critic.takes(client.change(views.put(listener("l", 2))));

        critic.takes(client.change(views.remove(listener("bad", 1))));
        critic.takes(client.pass(60_000));
        List<Answer> gone = client.change(views.remove(cluster("a", 1), assignment("a", 1)));

        assertThat(gone).anySatisfy(answer -> assertThat(answer.typeUrl()).isEqualTo(Types.CLUSTER));
    }

    @ParameterizedTest
    @EnumSource
    void rule_06_what_waits_behind_suspects_that_are_gone_goes_out(Variant variant) {
        Views views = Views.of(fifty(Types.SECRET, 1));
        Critic critic = critic(variant, Types.SECRET, views, 17);
        Answer half = critic.client
                .nack(asks(critic.client, Types.SECRET).getFirst(), "bad")
                .getFirst();
        Thing[] gone = half.names().stream()
                .map(name -> thing(Types.SECRET, Integer.parseInt(name.substring(1)), 1))
                .toArray(Thing[]::new);
        critic.client.change(views.remove(gone));

        critic.takes(critic.client.nack(half, "bad"));
        critic.takes(critic.client.pass(60_000));

        assertThat(critic.has)
                .isEqualTo(new TreeSet<>(allBut(Types.SECRET).stream()
                        .filter(name -> !half.names().contains(name))
                        .toList()));
    }

    @ParameterizedTest
    @EnumSource
    void rule_06_what_leaves_with_a_bad_one_leaves_all_the_same(Variant variant) {
        Views views = Views.of(listener("bad", 1), listener("good", 1), listener("old", 1));
        PureClient client = PureClient.ads(variant, views);
        Critic critic = new Critic(client, variant == Variant.SOTW, new TreeSet<>());
        critic.takes(client.wildcard(Types.LISTENER));
        Answer rejected = client.change(
                        views.change(List.of(listener("bad", 2), listener("good", 2)), List.of(listener("old", 1))))
                .getFirst();

        List<Answer> again = client.nack(rejected, "bad");

        List<Answer> all = new ArrayList<>(again);
        for (int i = 0; i < all.size(); i++) {
            boolean bad = all.get(i).resources().stream()
                    .anyMatch(piece -> piece.name().equals("bad")
                            && piece.content().equals(listener("bad", 2).body(1).hash()));
            all.addAll(bad ? client.nack(all.get(i), "bad") : client.ack(all.get(i)));
            if (!bad) {
                critic.has.removeAll(all.get(i).removed());
                if (variant == Variant.SOTW) {
                    critic.has.retainAll(all.get(i).names());
                }
            }
        }
        assertThat(critic.has).containsExactly("bad", "good");
    }

    /** What comes with a rejection is a list: its names are asked for, though the client had them by the wildcard. */
    @Test
    void rule_06_what_is_asked_for_again_in_sotw_is_sent_though_what_goes_with_it_is_rejected() {
        Views views = Views.of(listener("bad", 1), listener("good", 1), listener("worse", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackAll(client.wildcard(Types.LISTENER));
        Answer both = client.change(views.put(listener("bad", 2), listener("worse", 2)))
                .getFirst();

        Answer one = client.nackAndList(both, "bad", "bad", "good", "worse").getFirst();
        Answer other = client.nack(one, "bad").getFirst();
        Answer neither = client.nack(other, "worse").getFirst();

        assertThat(neither.names()).containsExactly("bad", "good", "worse");
        assertThat(client.nack(neither, "all the same")).isEmpty();
    }

    /** Its answers come late, and tell of each response something else. */
    @Test
    void rule_06_a_half_that_the_client_has_by_now_is_not_sent() {
        Thing old = cluster("d", 1);
        Thing newer = cluster("d", 2);
        Views views = Views.of(cluster("c", 1).withTtl(2_000), old);
        PureClient client = PureClient.takingTtls(Variant.SOTW, views);
        client.ackAll(client.wildcard(Types.CLUSTER));
        Answer changed = client.change(views.put(newer)).getFirst();
        Answer refreshed = client.pass(1_000).getFirst();
        client.nack(changed, "no room for d");
        client.change(views.put(cluster("c", 2)));
        Answer without = client.pass(1_000).getFirst();
        assertThat(has(changed, newer)).isTrue();
        assertThat(has(refreshed, newer)).isTrue();
        assertThat(has(without, old)).isTrue();

        client.ack(refreshed);
        Answer half = client.nack(without, "no room for c").getFirst();

        assertThat(has(half, newer)).isTrue();
        assertThat(client.ack(half)).as("the other half is what it has").isEmpty();
    }

    /** Envoy answers once for all that came while it couldn't, and shows the version that it accepted last. */
    @Test
    void rule_06_a_sotw_client_that_rejects_the_last_of_several_keeps_what_it_accepted_before() {
        Views views = Views.of(cluster("a", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackAll(client.wildcard(Types.CLUSTER));
        Answer accepted = client.change(views.put(cluster("b", 1))).getFirst();
        client.pass(1_000);
        Answer rejected = client.change(views.put(cluster("a", 2))).getFirst();

        List<Answer> after = client.send(
                Types.CLUSTER, rejected.nonce(), "no room for a", new Request.Sotw(accepted.version(), List.of()));

        assertThat(after).as("it is known which one is bad").isEmpty();
        Answer next = client.change(views.put(cluster("c", 1))).getFirst();
        assertThat(next.names()).containsExactly("a", "b", "c");
        assertThat(has(next, cluster("a", 1))).isTrue();
    }

    /** A response that was sent between a rejection and the answer that refutes it may say the older thing. */
    @Test
    void rule_06_what_is_accepted_after_all_is_sent_again_if_it_was_taken_back_in_between() {
        Views views = Views.of(cluster("c", 1).withTtl(2_000), cluster("d", 1));
        PureClient client = PureClient.takingTtls(Variant.SOTW, views);
        client.ackAll(client.wildcard(Types.CLUSTER));
        Answer changed = client.change(views.put(cluster("d", 2))).getFirst();
        Answer refreshed = client.pass(1_000).getFirst();
        client.nack(changed, "no room for d");
        client.change(views.put(cluster("c", 2)));
        Answer without = client.pass(1_000).getFirst();
        assertThat(has(without, cluster("d", 1))).isTrue();

        client.ack(refreshed);
        List<Answer> after = client.ack(without);

        assertThat(after).hasSize(1).allMatch(answer -> has(answer, cluster("d", 2)));
        assertThat(client.ackAll(after)).isEmpty();
        assertThat(client.facts())
                .last()
                .isEqualTo(new Fact.Settled(views.view().number()));
    }

    @Test
    void rule_06_what_is_let_go_after_all_is_removed_again_if_it_was_put_back_in_between() {
        Thing gone = listener("b", 1);
        Views views = Views.of(listener("a", 1).withTtl(2_000), gone);
        PureClient client = PureClient.takingTtls(Variant.SOTW, views);
        client.ackAll(client.wildcard(Types.LISTENER));
        Answer without = client.change(views.remove(gone)).getFirst();
        Answer refreshed = client.pass(1_000).getFirst();
        client.nack(without, "b is in use");
        Answer with = client.pass(1_000).getFirst();
        assertThat(with.names()).containsExactly("a", "b");

        client.ack(refreshed);
        List<Answer> after = client.ack(with);

        assertThat(after).singleElement().extracting(Answer::names).isEqualTo(List.of("a"));
        assertThat(client.ackAll(after)).isEmpty();
        assertThat(client.facts())
                .last()
                .isEqualTo(new Fact.Settled(views.view().number()));
    }

    @Test
    void rule_06_in_sotw_what_was_accepted_before_the_last_was_rejected_is_rejected_no_more() {
        Views views = Views.of(cluster("x", 1), cluster("y", 1));
        PureClient client = PureClient.ads(Variant.SOTW, views);
        client.ackAll(client.wildcard(Types.CLUSTER));
        client.nack(client.change(views.put(cluster("x", 2))).getFirst(), "bad x");
        Answer accepted = client.change(views.put(cluster("x", 3))).getFirst();
        client.pass(1_000);
        Answer rejected = client.change(views.put(cluster("y", 2))).getFirst();

        client.send(Types.CLUSTER, rejected.nonce(), "bad y", new Request.Sotw(accepted.version(), List.of()));

        assertThat(client.facts()).contains(new Fact.Mended(Types.CLUSTER, List.of("x")));
    }

    private static boolean has(Answer answer, Thing thing) {
        return answer.resources().stream()
                .anyMatch(piece -> piece.content().equals(thing.body(1).hash()));
    }
}
