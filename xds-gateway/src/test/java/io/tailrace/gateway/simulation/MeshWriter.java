package io.tailrace.gateway.simulation;

import io.tailrace.gateway.simulation.SimulatedLog.Lane;
import io.tailrace.gateway.view.BodyKey;
import io.tailrace.gateway.view.Entry;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Selector;
import io.tailrace.gateway.view.ViewEdit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** Writes what a mesh has otherwise than before: to a lane for its configuration, and two for its load assignments. */
final class MeshWriter {
    private final String name;
    private final SimulatedLog log;
    private final Lane config;
    private final List<Lane> endpoints;
    private MeshShape written = new MeshShape();

    MeshWriter(String name, SimulatedLog log) {
        this.name = name;
        this.log = log;
        this.endpoints = List.of(log.lane(name), log.lane(name));
        this.config = log.lane(name);
    }

    /** What differs goes to the log: new load assignments first, old ones last. */
    void write(MeshShape now) {
        MeshShape before = written;
        written = now;
        now.hosts.forEach((hosts, thing) -> {
            if (!thing.equals(before.hosts.get(hosts))) {
                log.wrote(thing, name);
                endpoints(hosts).append(Set.of(), edit -> edit.putAssignment(name, thing.body(1)));
            }
        });
        List<Consumer<ViewEdit>> edits = new ArrayList<>();
        bodies(before, now, edits);
        lists(before, now, edits);
        selections(before, now, edits);
        gives(now);
        if (!edits.isEmpty()) {
            config.append(now.hosts.keySet(), edit -> edits.forEach(one -> one.accept(edit)));
        }
        for (String hosts : before.hosts.keySet()) {
            if (!now.hosts.containsKey(hosts)) {
                endpoints(hosts).append(Set.of(), edit -> edit.removeAssignment(name, hosts));
            }
        }
    }

    private Lane endpoints(String hosts) {
        return endpoints.get(hosts.charAt(0) % endpoints.size());
    }

    private void bodies(MeshShape before, MeshShape now, List<Consumer<ViewEdit>> edits) {
        now.bodies.forEach((key, thing) -> {
            if (!thing.equals(before.bodies.get(key))) {
                log.wrote(thing, name + "/" + key.scope());
                edits.add(edit -> edit.putBody(name, key.scope(), thing.body(1)));
            }
        });
        for (BodyKey key : before.bodies.keySet()) {
            if (!now.bodies.containsKey(key)) {
                edits.add(edit -> edit.removeBody(name, key));
            }
        }
    }

    private void lists(MeshShape before, MeshShape now, List<Consumer<ViewEdit>> edits) {
        now.lists.forEach((group, types) -> types.forEach((type, entries) -> {
            List<Entry> old = before.lists.getOrDefault(group, Map.of()).getOrDefault(type, List.of());
            if (!entries.equals(old)) {
                old.stream()
                        .filter(entry -> !entries.contains(entry))
                        .forEach(entry -> log.removed(name, new ResourceName(type, entry.name())));
                edits.add(edit -> edit.putList(name, group, type, 0, entries));
            }
        }));
    }

    private void gives(MeshShape now) {
        now.selected.forEach((group, nodes) -> {
            Set<ResourceName> names = new HashSet<>();
            now.lists
                    .getOrDefault(group, Map.of())
                    .forEach((type, entries) ->
                            entries.forEach(entry -> names.add(new ResourceName(type, entry.name()))));
            log.gives(name, nodes, names);
        });
    }

    private void selections(MeshShape before, MeshShape now, List<Consumer<ViewEdit>> edits) {
        now.selected.forEach((group, nodes) -> {
            if (!Objects.equals(nodes, before.selected.get(group))) {
                log.selected(name);
                edits.add(edit -> {
                    if (nodes.isEmpty()) {
                        edit.removeGroup(name, group);
                    } else {
                        edit.putGroup(name, group, Selector.ofCluster(nodes));
                    }
                });
            }
        });
    }
}
