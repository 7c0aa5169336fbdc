package io.tailrace.gateway.stream;

import static io.tailrace.gateway.testing.Thing.assignment;
import static io.tailrace.gateway.testing.Thing.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.gateway.testing.Views;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.GroupView;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is known of a list is known of just one view, group, type and kind of client. */
class ListLookupsTest {
    private static final List<String> NAMES = List.of("b~1", "a~1");

    private final Views views = Views.of(cluster("a", 1), cluster("b", 1), assignment("a", 1), assignment("b", 1));
    private final ListLookups lists = new ListLookups();

    private GroupView group() {
        return group(Views.MESH, Views.GROUP);
    }

    private GroupView group(String mesh, String name) {
        return Objects.requireNonNull(views.view().group(mesh, name));
    }

    private static ListedBodies bodies(GroupView group, List<String> names) {
        List<Body> bodies =
                List.of(assignment("b", 1).body(1), assignment("a", 1).body(1));
        return new ListedBodies(group, Types.ASSIGNMENT, true, names, bodies);
    }

    @Test
    void anEqualListOfTheSameIsKnown() {
        ListedBodies bodies = bodies(group(), NAMES);
        lists.add(bodies);
        assertThat(lists.find(group(), Types.ASSIGNMENT, true, List.of("b~1", "a~1")))
                .isSameAs(bodies);
        assertThat(bodies.all()).extracting(Body::name).containsExactly("a~1", "b~1");
    }

    @Test
    void anotherListKindOfClientTypeGroupMeshOrViewIsNot() {
        GroupView old = group();
        views.finish(views.edit()
                .putGroup(Views.MESH, "another", Selector.ofCluster("another"))
                .putGroup("another", Views.GROUP, Selector.ofCluster(Views.GROUP)));
        ListedBodies bodies = bodies(group(), NAMES);
        lists.add(bodies);
        assertThat(lists.find(group(), Types.ASSIGNMENT, true, List.of("a~1", "b~1")))
                .isNull();
        assertThat(lists.find(group(), Types.ASSIGNMENT, false, NAMES)).isNull();
        assertThat(lists.find(group(), Types.CLUSTER, true, NAMES)).isNull();
        assertThat(lists.find(group(Views.MESH, "another"), Types.ASSIGNMENT, true, NAMES))
                .isNull();
        assertThat(lists.find(group("another", Views.GROUP), Types.ASSIGNMENT, true, NAMES))
                .isNull();
        assertThat(lists.find(old, Types.ASSIGNMENT, true, NAMES)).isNull();
        assertThat(lists.find(group(), Types.ASSIGNMENT, true, NAMES)).isSameAs(bodies);
    }

    @Test
    void theLastEightAreKnown() {
        GroupView group = group();
        List<ListedBodies> all = IntStream.range(0, 9)
                .mapToObj(i -> bodies(group, List.of("list-" + i)))
                .toList();
        all.forEach(lists::add);
        assertThat(lists.find(group, Types.ASSIGNMENT, true, List.of("list-0"))).isNull();
        for (int i = 1; i < 9; i++) {
            assertThat(lists.find(group, Types.ASSIGNMENT, true, List.of("list-" + i)))
                    .isSameAs(all.get(i));
        }
    }
}
