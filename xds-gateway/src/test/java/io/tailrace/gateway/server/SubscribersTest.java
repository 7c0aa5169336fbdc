package io.tailrace.gateway.server;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.stream.Interests;
import io.tailrace.gateway.stream.StreamSettings;
import io.tailrace.gateway.stream.Variant;
import io.tailrace.gateway.testing.PureClient;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewChange;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** XDS.md, rule 27: whom a change wakes. Streams of the real machine write the index, each under its name. */
class SubscribersTest {
    private static final Node OTHER_MESH =
            new Node("m", Views.GROUP, Map.of("mesh", "other"), Node.Locality.UNKNOWN, "test");

    private int editions = 2;
    private final Subscribers<String> subscribers = new Subscribers<>();
    private final Views views =
            Views.of(cluster("a", 1), assignment("a", 1), cluster("b", 1), assignment("b", 1), route("r", 1, "a"));

    private PureClient connect(String name, Variant variant, Node node) {
        return new PureClient(StreamSettings.ads(variant), views, node, subscribers.of(name));
    }

    private PureClient connect(String name, Variant variant) {
        return connect(name, variant, PureClient.NODE);
    }

    private List<String> woken(ViewChange change) {
        return subscribers.concernedBy(change).stream().sorted().toList();
    }

    private List<String> wokenBy(Thing... changed) {
        return woken(views.put(changed).change());
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_a_change_wakes_those_who_subscribe_to_it_by_name_and_no_others(Variant variant) {
        connect("a", variant).subscribe(Types.ASSIGNMENT, "a~1");
        connect("b", variant).subscribe(Types.ASSIGNMENT, "b~1");
        connect("both", variant).subscribe(Types.ASSIGNMENT, "a~1", "b~1");
        connect("clusters", variant).wildcard(Types.CLUSTER);
        assertThat(wokenBy(assignment("a", 2))).containsExactly("a", "both");
        assertThat(wokenBy(assignment("b", 2))).containsExactly("b", "both");
        assertThat(wokenBy(route("r", 2, "a"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_a_wildcard_is_woken_by_its_own_type_only(Variant variant) {
        connect("clusters", variant).wildcard(Types.CLUSTER);
        connect("listeners", variant).wildcard(Types.LISTENER);
        assertThat(wokenBy(cluster("a", 2))).containsExactly("clusters");
        assertThat(wokenBy(cluster("new", 1))).containsExactly("clusters");
        assertThat(woken(views.remove(cluster("new", 1)).change())).containsExactly("clusters");
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_a_node_whose_mesh_has_no_name_leaves_nothing_behind(Variant variant) {
        PureClient nameless = connect(
                "nameless", variant, new Node("n", Views.GROUP, Map.of("mesh", ""), Node.Locality.UNKNOWN, "test"));
        nameless.wildcard(Types.CLUSTER);
        nameless.stream().close();
        assertThat(subscribers.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_what_changes_nothing_wakes_nobody(Variant variant) {
        connect("clusters", variant).wildcard(Types.CLUSTER);
        assertThat(wokenBy(cluster("a", 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_who_unsubscribes_or_leaves_sleeps_on(Variant variant) {
        PureClient one = connect("one", variant);
        one.subscribe(Types.ASSIGNMENT, "a~1", "b~1");
        PureClient two = connect("two", variant);
        two.subscribe(Types.ASSIGNMENT, "a~1", "b~1");
        one.ackOn(one.unsubscribe(Types.ASSIGNMENT, "a~1"));
        assertThat(wokenBy(assignment("a", 2))).containsExactly("two");
        two.stream().close();
        assertThat(wokenBy(assignment("b", 2))).containsExactly("one");
        one.stream().close();
        assertThat(subscribers.isEmpty())
                .as("nothing is kept of streams that ended")
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_another_group_sleeps_on_but_for_what_both_share(Variant variant) {
        views.finish(views.edit().putGroup(Views.MESH, "h", Selector.ofCluster("h")));
        connect("g", variant).wildcard(Types.CLUSTER);
        PureClient other = connect("h", variant, new Node("n2", "h", Map.of(), Node.Locality.UNKNOWN, "test"));
        other.wildcard(Types.CLUSTER);
        other.subscribe(Types.ASSIGNMENT, "a~1");
        assertThat(wokenBy(cluster("a", 2))).containsExactly("g");
        assertThat(wokenBy(assignment("a", 2))).containsExactly("h");
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_another_mesh_sleeps_on_even_if_all_names_are_equal(Variant variant) {
        views.finish(views.edit().putGroup("other", Views.GROUP, Selector.ofCluster(Views.GROUP)));
        connect("default", variant).wildcard(Types.CLUSTER);
        PureClient other = connect("other", variant, OTHER_MESH);
        other.wildcard(Types.CLUSTER);
        other.subscribe(Types.ASSIGNMENT, "a~1");
        assertThat(wokenBy(cluster("a", 2), assignment("a", 2))).containsExactly("default");
    }

    @ParameterizedTest
    @EnumSource
    void rule_27_who_is_selected_anew_wakes_all_of_the_mesh_since_any_node_may_have_another_group(Variant variant) {
        connect("one", variant).wildcard(Types.CLUSTER);
        connect("other", variant, OTHER_MESH).wildcard(Types.CLUSTER);
        assertThat(woken(views.removeGroup().change())).containsExactly("one");
    }

    @Test
    void rule_27_after_a_rebuild_only_those_are_woken_for_whom_something_differs() {
        connect("clusters", Variant.DELTA).wildcard(Types.CLUSTER);
        connect("a", Variant.DELTA).subscribe(Types.ASSIGNMENT, "a~1");
        connect("b", Variant.DELTA).subscribe(Types.ASSIGNMENT, "b~1");
        View before = views.view();
        Views anew =
                Views.of(cluster("b", 1), assignment("b", 2), route("r", 1, "a"), assignment("a", 1), cluster("a", 1));
        assertThat(woken(ViewChange.between(before, anew.view()))).containsExactly("b");
    }

    @Test
    void rule_27_who_comes_with_the_list_of_others_is_woken_as_they_are_until_its_own_differs() {
        for (String name : List.of("one", "two", "three")) {
            connect(name, Variant.DELTA).subscribe(Types.ASSIGNMENT, "a~1", "b~1");
        }
        PureClient four = connect("four", Variant.DELTA);
        four.ackOn(four.subscribe(Types.ASSIGNMENT, "a~1", "b~1"));
        assertThat(wokenBy(assignment("a", 2))).containsExactly("four", "one", "three", "two");
        four.unsubscribe(Types.ASSIGNMENT, "a~1");
        assertThat(wokenBy(assignment("a", 3))).containsExactly("one", "three", "two");
        assertThat(wokenBy(assignment("b", 3))).containsExactly("four", "one", "three", "two");
    }

    @Test
    void rule_27_of_however_many_lists_each_wakes_its_own() {
        List<String> names = IntStream.range(0, 100).mapToObj(i -> "n" + i).toList();
        for (String name : names) {
            views.put(cluster(name, 1));
            for (String stream : List.of("one-", "two-", "three-")) {
                interests(stream + name).addList(Views.GROUP, Types.CLUSTER, List.of("a", name));
            }
        }
        for (String name : names) {
            assertThat(wokenBy(cluster(name, 2))).containsExactly("one-" + name, "three-" + name, "two-" + name);
        }
        assertThat(wokenBy(cluster("a", 2))).hasSize(300);
    }

    /** The index against sets: whatever streams add and remove, name by name or as lists. */
    @ParameterizedTest
    @ValueSource(strings = {Types.CLUSTER, Types.ASSIGNMENT})
    void rule_27_after_any_steps_a_change_wakes_just_those_who_have_its_name(String type) {
        List<List<String>> lists = List.of(List.of("a", "b"), List.of("b", "c", "d"), List.of("a", "b", "c", "d"));
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Map<String, Interests> open = new TreeMap<>();
            Map<String, Set<String>> has = new TreeMap<>();
            for (int step = 0; step < 100; step++) {
                String stream = "s" + random.nextInt(5);
                Interests interests = open.computeIfAbsent(stream, this::interests);
                Set<String> names = has.computeIfAbsent(stream, s -> new TreeSet<>());
                String name = nameOf(type, "abcd".substring(random.nextInt(4)).substring(0, 1));
                int chance = random.nextInt(10);
                if (names.isEmpty() && chance < 6) {
                    List<String> list = lists.get(random.nextInt(lists.size())).stream()
                            .map(one -> nameOf(type, one))
                            .toList();
                    interests.addList(groupOf(stream), type, list);
                    names.addAll(list);
                } else if (chance < 3) {
                    interests.add(groupOf(stream), type, name);
                    names.add(name);
                } else if (chance < 6) {
                    interests.remove(groupOf(stream), type, name);
                    names.remove(name);
                } else if (chance < 8) {
                    leave(stream, interests, type, names);
                    open.remove(stream);
                    has.remove(stream);
                }
                String changed = "abcd".substring(random.nextInt(4)).substring(0, 1);
                assertThat(wokenBy(
                                type.equals(Types.CLUSTER)
                                        ? cluster(changed, editions++)
                                        : assignment(changed, editions++)))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(has.entrySet().stream()
                                .filter(one -> one.getValue().contains(nameOf(type, changed)))
                                .filter(one -> type.equals(Types.ASSIGNMENT)
                                        || groupOf(one.getKey()).equals(Views.GROUP))
                                .map(Map.Entry::getKey)
                                .toList());
            }
            open.forEach((stream, interests) -> leave(stream, interests, type, has.getOrDefault(stream, Set.of())));
            assertThat(subscribers.isEmpty()).as("seed %d", seed).isTrue();
        }
    }

    private Interests interests(String stream) {
        Interests interests = subscribers.of(stream);
        interests.mesh(Views.MESH);
        return interests;
    }

    private static void leave(String stream, Interests interests, String type, Set<String> names) {
        interests.removeAll(groupOf(stream), type, names);
        interests.close();
    }

    /** Clusters belong to the first; load assignments are for all. */
    private static String groupOf(String stream) {
        return stream.compareTo("s3") < 0 ? Views.GROUP : "another";
    }

    private static String nameOf(String type, String thing) {
        return type.equals(Types.CLUSTER) ? thing : thing + "~1";
    }
}
