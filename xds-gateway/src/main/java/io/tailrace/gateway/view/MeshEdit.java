package io.tailrace.gateway.view;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashPMap;
import org.pcollections.HashTreePSet;
import org.pcollections.MapPSet;

/** The edit of one mesh. Keeps who holds and who refers to what, so that a change is known to those whom it concerns. */
final class MeshEdit {
    private final String name;
    private final ViewChange.ChangedNames changed;
    private HashPMap<BodyKey, Body> bodies;
    private HashPMap<BodyKey, MapPSet<String>> holders;
    private HashPMap<ResourceName, Integer> references;
    private MapPSet<String> leaving;
    private HashPMap<String, Departed> departed;
    private HashPMap<String, Group> groups;

    /** What went before it left the lists, in this edit: a start reads many changes in one, and each by the order of keys. */
    private final Map<BodyKey, Body> clustersGone = new HashMap<>();

    private long nowMs;

    MeshEdit(String name, Mesh before, ViewChange.ChangedNames changed) {
        this.name = name;
        this.changed = changed;
        bodies = before.bodies();
        holders = before.holders();
        references = before.references();
        leaving = before.leaving();
        departed = before.departedAssignments();
        groups = before.groups();
    }

    Mesh finish() {
        return new Mesh(bodies, holders, references, leaving, departed, groups);
    }

    void put(BodyKey key, Body body) {
        Body old = bodies.get(key);
        bodies = bodies.plus(key, body);
        // No node hears of a new position alone; who asks anew gets the version that other gateways give.
        if (old == null || !old.sameContent(body) || !old.refs().equals(body.refs())) {
            replaced(key, old, body);
        }
    }

    void remove(BodyKey key) {
        Body old = bodies.get(key);
        if (old != null) {
            if (key.typeUrl().equals(Types.CLUSTER)) {
                clustersGone.put(key, old);
                departsAs(key, old);
            }
            bodies = bodies.minus(key);
            replaced(key, old, null);
        }
    }

    private void replaced(BodyKey key, @Nullable Body old, @Nullable Body body) {
        for (String group : holders.getOrDefault(key, HashTreePSet.empty())) {
            Entry entry = groups.getOrDefault(group, Group.EMPTY)
                    .list(key.typeUrl())
                    .entries()
                    .get(key.name());
            if (entry != null) {
                tell(group, key.typeUrl(), entry);
            }
            refer(group, old, body);
        }
        if (key.scope().isEmpty()) {
            changed.shared(name, key.resource());
        }
        if (body != null) {
            body.refs().forEach(ref -> references = Group.count(references, ref, 1));
        }
        if (old != null) {
            old.refs().forEach(ref -> references = Group.count(references, ref, -1));
            old.refs().forEach(this::leaveIfUnreferred);
        }
    }

    private void leaveIfUnreferred(ResourceName ref) {
        if (ref.typeUrl().equals(Types.ASSIGNMENT) && leaving.contains(ref.name()) && !references.containsKey(ref)) {
            removeAssignment(ref.name(), nowMs);
        }
    }

    /** The group holds another body now: what it refers to is open to the group's nodes, what only the old one did no more. */
    private void refer(String group, @Nullable Body old, @Nullable Body body) {
        if (body != null) {
            body.refs().forEach(ref -> refer(group, ref, 1));
        }
        if (old != null) {
            old.refs().forEach(ref -> refer(group, ref, -1));
        }
    }

    private void refer(String group, ResourceName ref, int more) {
        Group current = groups.getOrDefault(group, Group.EMPTY);
        Group next = current.withReference(ref, more);
        if (current.references().containsKey(ref) != next.references().containsKey(ref)) {
            changed.name(name, group, ref);
        }
        groups = groups.plus(group, next);
    }

    void putAssignment(Body assignment) {
        leaving = leaving.minus(assignment.name());
        departed = departed.minus(assignment.name());
        put(BodyKey.shared(assignment.resource()), assignment);
    }

    void removeAssignment(String assignment, long timeMs) {
        nowMs = timeMs;
        ResourceName resource = new ResourceName(Types.ASSIGNMENT, assignment);
        Body body = bodies.get(BodyKey.shared(resource));
        if (body == null) {
            return;
        }
        if (references.containsKey(resource)) {
            leaving = leaving.plus(assignment);
            return;
        }
        leaving = leaving.minus(assignment);
        departed = departed.plus(assignment, new Departed(BodyKey.shared(resource), body, timeMs));
        remove(BodyKey.shared(resource));
    }

    void select(String group, @Nullable Selector selector) {
        Group current = groups.getOrDefault(group, Group.EMPTY);
        if (!Objects.equals(current.selector(), selector)) {
            put(group, current.with(selector));
            changed.selection(name);
        }
    }

    void list(String group, String typeUrl, int chunk, List<Entry> entries, long timeMs) {
        nowMs = timeMs;
        Group current = groups.getOrDefault(group, Group.EMPTY);
        List<Entry> old = current.list(typeUrl).chunk(chunk);
        groups = groups.plus(group, current.with(typeUrl, current.list(typeUrl).with(chunk, entries)));
        Set<Entry> left = new LinkedHashSet<>(old);
        left.removeAll(Set.copyOf(entries));
        Set<Entry> entered = new LinkedHashSet<>(entries);
        entered.removeAll(Set.copyOf(old));
        entered.forEach(entry -> enter(group, typeUrl, entry));
        if (!left.isEmpty()) {
            Map<String, Entry> stay = new HashMap<>();
            entries.forEach(entry -> stay.put(entry.name(), entry));
            left.forEach(entry -> leave(group, typeUrl, entry, stay.get(entry.name())));
        }
        put(group, groups.getOrDefault(group, Group.EMPTY));
    }

    private void enter(String group, String typeUrl, Entry entry) {
        tell(group, typeUrl, entry);
        BodyKey key = entry.key(typeUrl);
        MapPSet<String> held = holders.getOrDefault(key, HashTreePSet.empty());
        if (!held.contains(group)) {
            holders = holders.plus(key, held.plus(group));
            refer(group, null, bodies.get(key));
        }
        if (typeUrl.equals(Types.CLUSTER)) {
            Group current = groups.getOrDefault(group, Group.EMPTY);
            groups = groups.plus(
                    group, current.withDeparted(current.departedClusters().minus(entry.name())));
        }
    }

    /** `next`: what the list has by the same name now. */
    private void leave(String group, String typeUrl, Entry entry, @Nullable Entry next) {
        tell(group, typeUrl, entry);
        BodyKey key = entry.key(typeUrl);
        if (next == null || !next.key(typeUrl).equals(key)) {
            MapPSet<String> held =
                    holders.getOrDefault(key, HashTreePSet.empty()).minus(group);
            holders = held.isEmpty() ? holders.minus(key) : holders.plus(key, held);
            refer(group, bodies.get(key), null);
        }
        if (typeUrl.equals(Types.CLUSTER) && next == null) {
            depart(group, entry.name(), key);
        }
    }

    private void depart(String group, String cluster, BodyKey key) {
        Body body = bodies.getOrDefault(key, clustersGone.get(key));
        if (body != null) {
            Group current = groups.getOrDefault(group, Group.EMPTY);
            groups = groups.plus(
                    group,
                    current.withDeparted(current.departedClusters().plus(cluster, new Departed(key, body, nowMs))));
        }
    }

    /** Groups that it left before it leaves the mesh know it as it was last. */
    private void departsAs(BodyKey key, Body body) {
        for (Map.Entry<String, Group> group : groups.entrySet()) {
            HashPMap<String, Departed> all = group.getValue().departedClusters();
            Departed departed = all.get(key.name());
            if (departed != null && departed.key().equals(key)) {
                Departed last = new Departed(key, body, departed.atMs());
                put(group.getKey(), group.getValue().withDeparted(all.plus(key.name(), last)));
            }
        }
    }

    private void tell(String group, String typeUrl, Entry entry) {
        changed.name(name, group, new ResourceName(typeUrl, entry.name()));
        entry.aliases().forEach(alias -> changed.name(name, group, new ResourceName(typeUrl, alias)));
    }

    void forgetDepartedBefore(long ms) {
        for (Map.Entry<String, Departed> one : departed.entrySet()) {
            if (one.getValue().atMs() < ms) {
                departed = departed.minus(one.getKey());
            }
        }
        for (Map.Entry<String, Group> group : groups.entrySet()) {
            HashPMap<String, Departed> kept = group.getValue().departedClusters();
            for (Map.Entry<String, Departed> one : kept.entrySet()) {
                kept = one.getValue().atMs() < ms ? kept.minus(one.getKey()) : kept;
            }
            if (kept.size() < group.getValue().departedClusters().size()) {
                put(group.getKey(), group.getValue().withDeparted(kept));
            }
        }
    }

    private void put(String groupName, Group group) {
        groups = group.isEmpty() ? groups.minus(groupName) : groups.plus(groupName, group);
    }
}
