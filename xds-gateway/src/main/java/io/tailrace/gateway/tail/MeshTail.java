package io.tailrace.gateway.tail;

import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.gateway.view.ViewEdit;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.NavigableSet;
import java.util.Set;

/**
 * What is read of one mesh: which load assignments and secrets there are, the changes that wait for some, and removals
 * of load assignments that wait for the changes: one of them may still refer to what is about to go, since the two lanes
 * are read in no order. Belongs to the reader's thread.
 */
final class MeshTail {
    private final String mesh;
    private final MeshQueue queue = new MeshQueue(this::has);
    private final Set<String> assignments = new HashSet<>();
    private final Set<ResourceName> secrets = new HashSet<>();
    private final Set<String> leaving = new LinkedHashSet<>();
    /** Of all that is applied, until the first view is whole. */
    private final Needs needs = new Needs();

    private boolean whole;

    /** `whole`: the first view is out already. */
    MeshTail(String mesh, boolean whole) {
        this.mesh = mesh;
        this.whole = whole;
    }

    String mesh() {
        return mesh;
    }

    MeshQueue queue() {
        return queue;
    }

    private boolean has(ResourceName name) {
        return name.typeUrl().equals(Types.ASSIGNMENT) ? assignments.contains(name.name()) : secrets.contains(name);
    }

    void put(Body assignment, ViewEdit edit) {
        leaving.remove(assignment.name());
        if (assignments.add(assignment.name())) {
            queue.arrived(assignment.resource());
        }
        edit.putAssignment(mesh, assignment);
    }

    /** Takes effect with {@link #settle}; the view keeps what its bodies refer to even then. */
    void remove(String assignment) {
        leaving.add(assignment);
    }

    void apply(Edit change, ViewEdit edit) {
        switch (change) {
            case Edit.PutBody put -> {
                if (put.key().typeUrl().equals(Types.SECRET)) {
                    secrets.add(put.key().resource());
                }
                edit.putBody(mesh, put.key().scope(), put.body());
            }
            case Edit.RemoveBody remove -> {
                secrets.remove(remove.key().resource());
                edit.removeBody(mesh, remove.key());
            }
            case Edit.PutGroup put -> edit.putGroup(mesh, put.group(), put.selector());
            case Edit.RemoveGroup remove -> edit.removeGroup(mesh, remove.group());
            case Edit.PutList put -> edit.putList(mesh, put.group(), put.typeUrl(), put.chunk(), put.entries());
            case Edit.RemoveList remove -> edit.removeList(mesh, remove.group(), remove.typeUrl(), remove.chunk());
        }
        if (!whole) {
            needs.apply(change, _ -> false);
        }
    }

    /** What is missing to all that is applied, before the first view. */
    NavigableSet<ResourceName> lacking() {
        return needs.lacking(this::has);
    }

    void becameWhole() {
        whole = true;
        needs.clear();
    }

    /** Lets go what was removed, if no change waits any more. Returns whether there was anything. */
    boolean settle(ViewEdit edit) {
        if (!whole || !queue.isEmpty() || leaving.isEmpty()) {
            return false;
        }
        for (String assignment : leaving) {
            assignments.remove(assignment);
            edit.removeAssignment(mesh, assignment);
        }
        leaving.clear();
        return true;
    }
}
