package io.tailrace.gateway.view;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePMap;

/**
 * All that a gateway has read, at one moment: immutable, and whole changes only. The next one comes of {@link #edit()};
 * what they have in common they share. `number` grows by one with each step of one gateway and names nothing elsewhere.
 */
public final class View {
    public static final View EMPTY = new View(0, HashTreePMap.empty(), Positions.NONE, 0);

    private final long number;
    private final HashPMap<String, Mesh> meshes;
    private final Positions positions;
    private final long eventTimeMs;

    View(long number, HashPMap<String, Mesh> meshes, Positions positions, long eventTimeMs) {
        this.number = number;
        this.meshes = meshes;
        this.positions = positions;
        this.eventTimeMs = eventTimeMs;
    }

    public ViewEdit edit() {
        return new ViewEdit(this);
    }

    /** The same content with a number of one's own: for a view that was read anew and follows another. */
    public View numbered(long newNumber) {
        return new View(newNumber, meshes, positions, eventTimeMs);
    }

    public long number() {
        return number;
    }

    public Positions positions() {
        return positions;
    }

    /** When the newest event in it was appended to the log, in milliseconds since 1970; 0: unknown. */
    public long eventTimeMs() {
        return eventTimeMs;
    }

    /** Whether the mesh has this body among those that its groups share (load assignments are). */
    public boolean has(String mesh, ResourceName name) {
        return mesh(mesh).shared(name) != null;
    }

    /** The body as it is, whoever may have it. */
    public @Nullable Body body(String mesh, BodyKey key) {
        return mesh(mesh).bodies().get(key);
    }

    /** The group that a node belongs to; null: none selects it. */
    public @Nullable GroupView select(Node node) {
        Mesh mesh = mesh(node.mesh());
        String best = null;
        Selector selector = null;
        for (Map.Entry<String, Group> group : mesh.groups().entrySet()) {
            Selector other = group.getValue().selector();
            if (other != null && other.matches(node)) {
                int order = selector == null ? -1 : Selector.MOST_SPECIFIC_FIRST.compare(other, selector);
                if (order < 0 || (order == 0 && best != null && group.getKey().compareTo(best) < 0)) {
                    best = group.getKey();
                    selector = other;
                }
            }
        }
        return best == null ? null : group(node.mesh(), best);
    }

    public @Nullable GroupView group(String meshName, String name) {
        Mesh mesh = mesh(meshName);
        Group group = mesh.groups().get(name);
        return group == null ? null : new GroupView(number, meshName, name, mesh, group);
    }

    HashPMap<String, Mesh> meshes() {
        return meshes;
    }

    Mesh mesh(String name) {
        return meshes.getOrDefault(name, Mesh.EMPTY);
    }
}
