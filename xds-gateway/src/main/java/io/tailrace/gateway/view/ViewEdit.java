package io.tailrace.gateway.view;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pcollections.HashPMap;

/**
 * Makes the next view of one that stands: records in any order, then {@link #finish()}. For one thread. Costs as much as
 * what is put in.
 */
public final class ViewEdit {
    private final View base;
    private final ViewChange.ChangedNames changed = new ViewChange.ChangedNames();
    private final Map<String, MeshEdit> meshes = new HashMap<>();
    private Positions positions;
    private long eventTimeMs;

    ViewEdit(View base) {
        this.base = base;
        this.positions = base.positions();
        this.eventTimeMs = base.eventTimeMs();
    }

    private MeshEdit mesh(String mesh) {
        return meshes.computeIfAbsent(mesh, name -> new MeshEdit(name, base.mesh(name), changed));
    }

    public ViewEdit putBody(String mesh, String scope, Body body) {
        mesh(mesh).put(new BodyKey(body.typeUrl(), scope, body.name()), body);
        return this;
    }

    public ViewEdit removeBody(String mesh, BodyKey key) {
        mesh(mesh).remove(key);
        return this;
    }

    public ViewEdit putGroup(String mesh, String group, Selector selector) {
        mesh(mesh).select(group, selector);
        return this;
    }

    /** The group selects nobody any more; its lists go by records of their own. */
    public ViewEdit removeGroup(String mesh, String group) {
        mesh(mesh).select(group, null);
        return this;
    }

    public ViewEdit putList(String mesh, String group, String typeUrl, int chunk, List<Entry> entries) {
        mesh(mesh).list(group, typeUrl, chunk, entries, eventTimeMs);
        return this;
    }

    public ViewEdit removeList(String mesh, String group, String typeUrl, int chunk) {
        return putList(mesh, group, typeUrl, chunk, List.of());
    }

    /** Also cancels its removal, if that was still to come. */
    public ViewEdit putAssignment(String mesh, Body assignment) {
        mesh(mesh).putAssignment(assignment);
        return this;
    }

    /** It stays while a body of the mesh refers to it. */
    public ViewEdit removeAssignment(String mesh, String name) {
        mesh(mesh).removeAssignment(name, eventTimeMs);
        return this;
    }

    public ViewEdit position(Place place, long offset) {
        positions = positions.with(place, offset);
        return this;
    }

    /** When the newest event was appended to the log, in milliseconds since 1970; say it before what the event did. */
    public ViewEdit eventTime(long ms) {
        eventTimeMs = Math.max(eventTimeMs, ms);
        return this;
    }

    /** What departed before then (milliseconds since 1970) is kept no longer. */
    public ViewEdit forgetDepartedBefore(long ms) {
        base.meshes().keySet().forEach(mesh -> mesh(mesh).forgetDepartedBefore(ms));
        return this;
    }

    public ViewStep finish() {
        HashPMap<String, Mesh> all = base.meshes();
        for (Map.Entry<String, MeshEdit> edited : meshes.entrySet()) {
            Mesh mesh = edited.getValue().finish();
            all = mesh.isEmpty() ? all.minus(edited.getKey()) : all.plus(edited.getKey(), mesh);
        }
        return new ViewStep(new View(base.number() + 1, all, positions, eventTimeMs), changed.toChange());
    }
}
