package io.tailrace.translator.config;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.translator.core.GroupInputs;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.References;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a mesh, and the edges between them by which a change finds the groups that it concerns: groups to the
 * Gateways and raw resources that name them, Gateways to routes, Services to whatever sends to them.
 */
public final class MeshModel {
    private static final References NONE =
            new References(Collections.emptySortedSet(), Collections.emptySortedSet(), Collections.emptySortedSet());

    private final SortedMap<ConfigKey, ObjectEntry> entries = new TreeMap<>();
    private final Map<ConfigKey, References> references = new HashMap<>();
    private final Edges<String, ConfigKey> membersOfGroup = new Edges<>();
    private final Edges<ConfigKey, ConfigKey> routesOfGateway = new Edges<>();
    private final Edges<ConfigKey, ConfigKey> usersOfService = new Edges<>();
    private final Edges<String, ConfigKey> proxyGroups = new Edges<>();

    public ObjectEntry entry(ConfigKey key) {
        return entries.getOrDefault(key, ObjectEntry.empty(key));
    }

    SortedMap<ConfigKey, ObjectEntry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    public @Nullable Placed<?> placed(ConfigKey key) {
        return entry(key).placed();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Puts an entry in the place of the one before.
     *
     * @return deletions that were worth remembering only for what referred to them, and are forgotten
     */
    public SortedSet<ConfigKey> put(ObjectEntry entry) {
        ConfigKey key = entry.key();
        References before = references.getOrDefault(key, NONE);
        Placed<?> placed = entry.placed();
        References after = placed == null ? NONE : References.of(placed);
        unlink(key, before);
        link(key, after);
        if (placed != null) {
            references.put(key, after);
        }
        if (key.kind() == Kind.PROXY_GROUP) {
            proxyGroups.remove(key.name(), key);
            if (placed != null) {
                proxyGroups.add(key.name(), key);
            }
        }
        entries.put(key, entry);
        SortedSet<ConfigKey> suspects = new TreeSet<>(before.services());
        suspects.addAll(before.gateways());
        suspects.add(key);
        suspects.removeIf(suspect -> !forgetIfIdle(suspect));
        return suspects;
    }

    /** The groups whose nodes get anything of an object, as things are now. */
    public SortedSet<String> groupsOf(ConfigKey key) {
        References refers = references.getOrDefault(key, NONE);
        SortedSet<String> groups = new TreeSet<>(refers.groups());
        refers.gateways()
                .forEach(gateway ->
                        groups.addAll(references.getOrDefault(gateway, NONE).groups()));
        if (key.kind() == Kind.SERVICE) {
            usersOfService.to(key).forEach(user -> groups.addAll(groupsOf(user)));
        }
        if (key.kind() == Kind.PROXY_GROUP) {
            groups.add(key.name());
        }
        return groups;
    }

    /** Whether anything makes a group be. */
    public boolean hasGroup(String group) {
        return !membersOfGroup.to(group).isEmpty() || !proxyGroups.to(group).isEmpty();
    }

    /** Gateways and EnvoyResources that name a group. */
    SortedSet<ConfigKey> members(String group) {
        return membersOfGroup.to(group);
    }

    /** Routes that ask to attach to a Gateway, existing or not. */
    SortedSet<ConfigKey> routes(ConfigKey gateway) {
        return routesOfGateway.to(gateway);
    }

    /** ProxyGroups of this name. */
    SortedSet<ConfigKey> proxyGroups(String group) {
        return proxyGroups.to(group);
    }

    public SortedSet<String> groups() {
        SortedSet<String> groups = new TreeSet<>();
        references.values().forEach(refers -> groups.addAll(refers.groups()));
        entries.keySet().stream()
                .filter(key -> key.kind() == Kind.PROXY_GROUP && placed(key) != null)
                .forEach(key -> groups.add(key.name()));
        return groups;
    }

    public GroupInputs inputs(String group) {
        SortedMap<ConfigKey, Placed<?>> objects = new TreeMap<>();
        SortedMap<ConfigKey, Long> deletions = new TreeMap<>();
        for (ConfigKey member : membersOfGroup.to(group)) {
            take(member, objects, deletions);
            routesOfGateway.to(member).forEach(route -> take(route, objects, deletions));
        }
        return new GroupInputs(group, objects, deletions);
    }

    private void take(ConfigKey key, SortedMap<ConfigKey, Placed<?>> objects, SortedMap<ConfigKey, Long> deletions) {
        add(key, objects, deletions);
        References refers = references.getOrDefault(key, NONE);
        refers.services().forEach(service -> add(service, objects, deletions));
        refers.gateways().forEach(gateway -> add(gateway, objects, deletions));
    }

    private void add(ConfigKey key, SortedMap<ConfigKey, Placed<?>> objects, SortedMap<ConfigKey, Long> deletions) {
        ObjectEntry entry = entry(key);
        Placed<?> placed = entry.placed();
        if (placed != null) {
            objects.put(key, placed);
        } else if (entry.position() != null) {
            deletions.put(key, entry.position().getOffset());
        }
    }

    private void link(ConfigKey key, References refers) {
        refers.groups().forEach(group -> membersOfGroup.add(group, key));
        refers.gateways().forEach(gateway -> routesOfGateway.add(gateway, key));
        refers.services().forEach(service -> usersOfService.add(service, key));
    }

    private void unlink(ConfigKey key, References refers) {
        references.remove(key);
        refers.groups().forEach(group -> membersOfGroup.remove(group, key));
        refers.gateways().forEach(gateway -> routesOfGateway.remove(gateway, key));
        refers.services().forEach(service -> usersOfService.remove(service, key));
    }

    /** A deletion is worth a place as long as something refers to what is gone: it is a cause. */
    private boolean forgetIfIdle(ConfigKey key) {
        ObjectEntry entry = entries.get(key);
        boolean idle = entry != null
                && entry.value() == null
                && entry.rejected() == null
                && routesOfGateway.to(key).isEmpty()
                && usersOfService.to(key).isEmpty();
        if (idle) {
            entries.remove(key);
        }
        return idle;
    }
}
