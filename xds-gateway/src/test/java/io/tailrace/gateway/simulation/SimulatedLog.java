package io.tailrace.gateway.simulation;

import io.tailrace.gateway.testing.Answer;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.Node;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.View;
import io.tailrace.gateway.view.ViewEdit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Lanes of records, each in an order of its own, and what is known of every content that was ever written. */
final class SimulatedLog {
    private final List<Lane> lanes = new ArrayList<>();
    private final Map<String, Written> written = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();
    private final Map<String, Set<ResourceName>> given = new HashMap<>();
    private long position;
    private int edition;
    private boolean there = true;

    /** Where a content was written; `scope` is the mesh, or the group's name behind it. */
    record Written(long position, String scope) {}

    /** One partition. After each record, what its mesh refers to. */
    static final class Lane {
        private final String mesh;
        private final List<Consumer<ViewEdit>> records = new ArrayList<>();
        private final List<Set<String>> needs = new ArrayList<>();

        private Lane(String mesh) {
            this.mesh = mesh;
        }

        void append(Set<String> assignments, Consumer<ViewEdit> record) {
            records.add(record);
            needs.add(Set.copyOf(assignments));
        }

        int end() {
            return records.size();
        }

        void read(ViewEdit into, int from, int to) {
            records.subList(from, to).forEach(record -> record.accept(into));
        }

        /** A view that has read this far has all that it refers to. */
        boolean isWhole(View view, int end) {
            return end == 0
                    || needs.get(end - 1).stream()
                            .allMatch(name -> view.has(mesh, new ResourceName(Types.ASSIGNMENT, name)));
        }
    }

    Lane lane(String mesh) {
        Lane lane = new Lane(mesh);
        lanes.add(lane);
        return lane;
    }

    List<Lane> lanes() {
        return lanes;
    }

    int[] ends() {
        return lanes.stream().mapToInt(Lane::end).toArray();
    }

    /** All of it. */
    View read(int[] ends) {
        ViewEdit edit = View.EMPTY.edit();
        for (int i = 0; i < ends.length; i++) {
            lanes.get(i).read(edit, 0, ends[i]);
        }
        return edit.finish().view();
    }

    boolean isThere() {
        return there;
    }

    void setThere(boolean now) {
        there = now;
    }

    /** No content comes twice, so each tells when it was written. */
    int nextEdition() {
        return ++edition;
    }

    void wrote(Thing thing, String scope) {
        String content = thing.body(1).hash();
        written.put(thing.name() + content, new Written(++position, scope));
    }

    /** A group of the mesh has the name no more. */
    void removed(String mesh, ResourceName name) {
        gone.put(mesh + name, ++position);
    }

    void selected(String mesh) {
        gone.put(mesh, ++position);
    }

    Written written(String typeUrl, Answer.Piece piece) {
        Written one = written.get(new ResourceName(typeUrl, piece.name()) + piece.content());
        if (one == null) {
            throw new AssertionError("nobody wrote " + piece);
        }
        return one;
    }

    /** What nodes of this mesh and cluster are given from now on. */
    void gives(String mesh, String cluster, Set<ResourceName> names) {
        given.put(mesh + cluster, Set.copyOf(names));
    }

    /** It isn't given to such nodes, or was taken from them since. */
    boolean isGoneSince(long since, Node node, ResourceName name) {
        return gone.getOrDefault(node.mesh() + name, 0L) > since
                || gone.getOrDefault(node.mesh(), 0L) > since
                || !given.getOrDefault(node.mesh() + node.cluster(), Set.of()).contains(name);
    }
}
