package io.tailrace.gateway.view;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static io.tailrace.gateway.testing.Thing.listener;
import static io.tailrace.gateway.testing.Thing.route;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.testing.Views;
import io.tailrace.schemas.v1.NodeSelector;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a view gives to whom, and what it says of a change. */
class ViewTest {
    private static final ViewChange.GroupName GROUP = new ViewChange.GroupName(Views.MESH, Views.GROUP);
    private static final ResourceName A_HOSTS = new ResourceName(Types.ASSIGNMENT, "a~1");

    private static Node node(String id, String cluster, Map<String, String> metadata) {
        return new Node(id, cluster, metadata, new Node.Locality("eu", "eu-1", ""), "test");
    }

    private static GroupView group(View view) {
        return Objects.requireNonNull(view.group(Views.MESH, Views.GROUP));
    }

    private static @Nullable String selected(View view, Node node) {
        GroupView group = view.select(node);
        return group == null ? null : group.name();
    }

    private static View selecting(Map<String, NodeSelector> groups) {
        ViewEdit edit = View.EMPTY.edit();
        groups.forEach((name, selector) -> edit.putGroup(Views.MESH, name, Selector.of(selector)));
        return edit.finish().view();
    }

    @Test
    void theMostSpecificSelectorWinsExactBeforePrefixThenTheName() {
        View view = selecting(Map.of(
                "everyone", NodeSelector.newBuilder().setNodeCluster("*").build(),
                "prefix", NodeSelector.newBuilder().setNodeCluster("edge*").build(),
                "exact", NodeSelector.newBuilder().setNodeCluster("edge-1").build(),
                "exact-too", NodeSelector.newBuilder().setNodeId("n9").build(),
                "two",
                        NodeSelector.newBuilder()
                                .setNodeCluster("edge*")
                                .putMetadata("tier", "gold")
                                .build()));
        assertThat(selected(view, node("n1", "edge-1", Map.of("tier", "gold")))).isEqualTo("two");
        assertThat(selected(view, node("n1", "edge-1", Map.of()))).isEqualTo("exact");
        assertThat(selected(view, node("n9", "edge-1", Map.of()))).as("by name").isEqualTo("exact");
        assertThat(selected(view, node("n9", "edge-2", Map.of()))).isEqualTo("exact-too");
        assertThat(selected(view, node("n1", "edge-2", Map.of())))
                .as("two prefixes, by name")
                .isEqualTo("everyone");
        assertThat(selected(view, node("n1", "edge-2", Map.of("mesh", "other"))))
                .isNull();
    }

    @Test
    void aSelectorWithoutConditionsAndAGroupWithoutSelectorSelectNobody() {
        assertThat(selected(selecting(Map.of("none", NodeSelector.getDefaultInstance())), node("n", "c", Map.of())))
                .isNull();
        View view = View.EMPTY
                .edit()
                .putList(Views.MESH, "listed", Types.CLUSTER, 0, List.of(new Entry("a", "", true, List.of())))
                .finish()
                .view();
        assertThat(selected(view, node("n", "listed", Map.of()))).isNull();
    }

    @Test
    void localityAndMetadataSelectToo() {
        NodeSelector.Builder selector = NodeSelector.newBuilder().putMetadata("app", "shop*");
        selector.getLocalityBuilder().setRegion("eu").setZone("eu-*");
        View view = selecting(Map.of("shops", selector.build()));
        assertThat(selected(view, node("n", "", Map.of("app", "shop-2")))).isEqualTo("shops");
        assertThat(selected(view, node("n", "", Map.of("app", "bank")))).isNull();
        assertThat(selected(view, node("n", "", Map.of()))).isNull();
    }

    @Test
    void aGroupFindsWhatItsListsHaveAndWhatTheseReferToAndNothingElse() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), assignment("other", 1));
        GroupView group = group(views.view());
        assertThat(group.find(A_HOSTS)).isNotNull();
        assertThat(group.find(new ResourceName(Types.ASSIGNMENT, "other~1"))).isNull();
        views.remove(cluster("a", 1));
        assertThat(group(views.view()).find(A_HOSTS)).as("nothing refers to it").isNull();
        assertThat(views.view().has(Views.MESH, A_HOSTS)).isTrue();
    }

    @Test
    void aChangeNamesWhatItTouchesForTheGroupsThatHaveIt() {
        Views views = Views.of(cluster("a", 1), route("r", 1, "a"), listener("l", 1, "r"));
        ViewChange change = views.change(List.of(route("r", 2, "a"), cluster("b", 1)), List.of(listener("l", 1)))
                .change();
        assertThat(change.names().keySet()).containsExactly(GROUP);
        assertThat(change.names(Views.MESH, Views.GROUP))
                .containsOnly(
                        Map.entry(Types.ROUTE, Set.of("r")),
                        Map.entry(Types.CLUSTER, Set.of("b")),
                        Map.entry(Types.LISTENER, Set.of("l")),
                        Map.entry(Types.ASSIGNMENT, Set.of("b~1")));
        assertThat(change.meshes()).isEmpty();
    }

    @Test
    void aPositionAloneIsNoChangeAndIsStillGivenToWhoAsks() {
        Views views = Views.of(cluster("a", 1));
        String before = Views.version(views.view(), Types.CLUSTER, "a");
        ViewStep step = views.put(cluster("a", 1));
        assertThat(step.change().names(Views.MESH, Views.GROUP)).isEmpty();
        String after = Views.version(views.view(), Types.CLUSTER, "a");
        assertThat(after).isNotEqualTo(before);
        assertThat(Body.hashOf(after)).isEqualTo(Body.hashOf(before));
    }

    @Test
    void aBodyThatGroupsShareIsHeldOnceAndConcernsAllThatListIt() {
        Body shared = cluster("a", 1).body(1);
        ViewEdit edit = View.EMPTY.edit().putBody(Views.MESH, "", shared);
        for (String group : List.of("g", "h")) {
            edit.putGroup(Views.MESH, group, Selector.ofCluster(group))
                    .putList(Views.MESH, group, Types.CLUSTER, 0, List.of(new Entry("a", "", true, List.of())));
        }
        View view = edit.finish().view();
        ResourceName name = new ResourceName(Types.CLUSTER, "a");
        assertThat(Objects.requireNonNull(view.group(Views.MESH, "g")).find(name))
                .isSameAs(Objects.requireNonNull(view.group(Views.MESH, "h")).find(name))
                .isSameAs(shared);
        ViewChange change = view.edit()
                .putBody(Views.MESH, "", cluster("a", 2).body(2))
                .finish()
                .change();
        assertThat(change.names().keySet())
                .extracting(ViewChange.GroupName::group)
                .containsExactlyInAnyOrder("g", "h");
    }

    @Test
    void anAliasFindsTheResourceAndIsNamedByItsChanges() {
        Thing host = Thing.of(
                Types.VIRTUAL_HOST,
                "r/shop",
                io.envoyproxy.envoy.config.route.v3.VirtualHost.getDefaultInstance(),
                false);
        Entry entry = new Entry("r/shop", Views.GROUP, false, List.of("r/shop.example"));
        View view = View.EMPTY
                .edit()
                .putGroup(Views.MESH, Views.GROUP, Selector.ofCluster("g"))
                .putList(Views.MESH, Views.GROUP, Types.VIRTUAL_HOST, 0, List.of(entry))
                .putBody(Views.MESH, Views.GROUP, host.body(1))
                .finish()
                .view();
        GroupView group = group(view);
        assertThat(group.find(new ResourceName(Types.VIRTUAL_HOST, "r/shop.example")))
                .isNotNull()
                .extracting(Body::name)
                .isEqualTo("r/shop");
        assertThat(group.canonical(Types.VIRTUAL_HOST, "r/shop.example")).isEqualTo("r/shop");
        ViewChange gone = view.edit()
                .removeList(Views.MESH, Views.GROUP, Types.VIRTUAL_HOST, 0)
                .finish()
                .change();
        assertThat(gone.names(Views.MESH, Views.GROUP))
                .containsOnly(Map.entry(Types.VIRTUAL_HOST, Set.of("r/shop", "r/shop.example")));
    }

    @Test
    void aLoadAssignmentThatIsRemovedStaysWhileSomethingRefersToItAndItsReturnCancelsTheRemoval() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1));
        views.finish(views.edit().removeAssignment(Views.MESH, "a~1"));
        assertThat(views.view().has(Views.MESH, A_HOSTS)).isTrue();
        views.put(assignment("a", 2));
        views.remove(cluster("a", 1));
        assertThat(views.view().has(Views.MESH, A_HOSTS)).as("it came back").isTrue();

        views.put(cluster("a", 1));
        views.finish(views.edit().removeAssignment(Views.MESH, "a~1"));
        views.remove(cluster("a", 1));
        assertThat(views.view().has(Views.MESH, A_HOSTS))
                .as("nothing refers to it")
                .isFalse();
    }

    @Test
    void aClusterThatLeftAndItsLoadAssignmentAreKnownForAWhile() {
        Views views = Views.of(cluster("a", 1), assignment("a", 1), cluster("b", 1));
        views.change(List.of(), List.of(cluster("a", 1), assignment("a", 1)));
        GroupView group = group(views.view());
        assertThat(group.departedClusters()).extracting(Body::name).containsExactly("a");
        assertThat(group.assignment("a~1")).isNotNull();
        assertThat(group.find(A_HOSTS)).isNull();

        views.put(cluster("a", 1));
        assertThat(group(views.view()).departedClusters()).as("it came back").isEmpty();
        views.remove(cluster("a", 1));
        views.finish(views.edit().forgetDepartedBefore(Long.MAX_VALUE));
        assertThat(group(views.view()).departedClusters()).isEmpty();
        assertThat(group(views.view()).assignment("a~1")).isNull();
    }

    @Test
    void aClusterThatLeftAGroupAndStaysInTheMeshIsKnownAsItIsNow() {
        var all = List.of(new Entry("a", "", true, List.of()));
        View had = View.EMPTY
                .edit()
                .putGroup(Views.MESH, Views.GROUP, Selector.ofCluster(Views.GROUP))
                .putBody(Views.MESH, "", cluster("a", 1).body(1))
                .putList(Views.MESH, Views.GROUP, Types.CLUSTER, 0, all)
                .finish()
                .view();
        View left = had.edit()
                .removeList(Views.MESH, Views.GROUP, Types.CLUSTER, 0)
                .finish()
                .view();
        View changed = left.edit()
                .putBody(Views.MESH, "", cluster("a", 2).body(2))
                .finish()
                .view();
        assertThat(group(changed).departedClusters())
                .extracting(Body::hash)
                .containsExactly(cluster("a", 2).body(2).hash());
        View gone = changed.edit()
                .removeBody(Views.MESH, new BodyKey(Types.CLUSTER, "", "a"))
                .finish()
                .view();
        assertThat(group(gone).departedClusters())
                .as("as it was last")
                .extracting(Body::hash)
                .containsExactly(cluster("a", 2).body(2).hash());
    }

    /** A start reads all of the log as one, and the records of a change lie in the order of their keys. */
    @Test
    void aClusterThatLeftIsKnownToAViewThatReadItsComingAndGoingAtOnce() {
        var a = new BodyKey(Types.CLUSTER, Views.GROUP, "a");
        View read = View.EMPTY
                .edit()
                .putGroup(Views.MESH, Views.GROUP, Selector.ofCluster(Views.GROUP))
                .putBody(Views.MESH, Views.GROUP, cluster("a", 1).body(1))
                .putList(
                        Views.MESH,
                        Views.GROUP,
                        Types.CLUSTER,
                        0,
                        List.of(new Entry("a", Views.GROUP, true, List.of())))
                .removeBody(Views.MESH, a)
                .removeList(Views.MESH, Views.GROUP, Types.CLUSTER, 0)
                .finish()
                .view();
        assertThat(group(read).departedClusters()).extracting(Body::name).containsExactly("a");
    }

    @Test
    void aViewThatStandsIsNotTouchedByTheNext() {
        Views views = Views.of(cluster("a", 1));
        View before = views.view();
        String version = Views.version(before, Types.CLUSTER, "a");
        views.put(cluster("a", 2), cluster("b", 1));
        views.removeGroup();
        assertThat(Views.version(before, Types.CLUSTER, "a")).isEqualTo(version);
        assertThat(group(before).wildcard(Types.CLUSTER)).containsExactly("a");
        assertThat(views.view().number()).isEqualTo(before.number() + 2);
    }

    @Test
    void twoViewsThatWereReadApartDifferByContentOnly() {
        Views one = Views.of(cluster("a", 1), cluster("b", 1), assignment("a", 1));
        Views other = Views.of(assignment("a", 2));
        other.put(cluster("c", 1));
        other.put(cluster("a", 1), listener("l", 1, "r"));
        ViewChange change = ViewChange.between(one.view(), other.view());
        assertThat(change.names(Views.MESH, Views.GROUP))
                .containsOnly(
                        Map.entry(Types.CLUSTER, Set.of("b", "c")),
                        Map.entry(Types.LISTENER, Set.of("l")),
                        Map.entry(Types.ASSIGNMENT, Set.of("a~1")));
        assertThat(change.shared(Views.MESH)).containsExactly(A_HOSTS);
        assertThat(ViewChange.between(one.view(), one.view()).isEmpty()).isTrue();
    }
}
