package io.tailrace.translator.core;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.schemas.v1.Service;
import io.tailrace.translator.core.status.Statuses;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All objects of a mesh at one moment, and their translation from scratch: what an offline translation prints, and what
 * the translation change by change must come to.
 */
public final class Snapshot {
    private final SortedMap<ConfigKey, Placed<?>> objects;
    private final SortedMap<ConfigKey, Long> deletions;
    private final SortedMap<ConfigKey, References> references = new TreeMap<>();

    /**
     * Takes the objects, and the revision of the deletion of those that are gone, as far as it is known.
     */
    public Snapshot(SortedMap<ConfigKey, Placed<?>> objects, SortedMap<ConfigKey, Long> deletions) {
        this.objects = new TreeMap<>(objects);
        this.deletions = new TreeMap<>(deletions);
        objects.forEach((key, object) -> references.put(key, References.of(object)));
    }

    public SortedMap<ConfigKey, Placed<?>> objects() {
        return objects;
    }

    public SortedMap<ConfigKey, Long> deletions() {
        return deletions;
    }

    public MeshTranslation translate() {
        SortedMap<String, MeshTranslation.OfGroup> groups = new TreeMap<>();
        groups().forEach(group -> groups.put(
                group,
                new MeshTranslation.OfGroup(
                        Groups.group(group, proxyGroups(group)), GroupTranslation.translate(inputs(group)))));
        SortedMap<ConfigKey, ServiceTranslation> services = new TreeMap<>();
        all(Kind.SERVICE, Service.class)
                .forEach(service -> services.put(service.key(), ServiceTranslation.of(service)));
        return new MeshTranslation(groups, services, statuses(groups));
    }

    /** The groups that exist: those that a ProxyGroup describes, and those that a Gateway or EnvoyResource names. */
    public SortedSet<String> groups() {
        SortedSet<String> groups = new TreeSet<>();
        references.values().forEach(named -> groups.addAll(named.groups()));
        all(Kind.PROXY_GROUP, ProxyGroup.class)
                .forEach(group -> groups.add(group.key().name()));
        return groups;
    }

    public GroupInputs inputs(String group) {
        SortedMap<ConfigKey, Placed<?>> inputs = new TreeMap<>();
        SortedSet<ConfigKey> services = new TreeSet<>();
        references.forEach((key, named) -> {
            if (named.groups().contains(group)) {
                take(key, inputs, services);
            }
        });
        SortedSet<ConfigKey> gateways = new TreeSet<>(inputs.keySet());
        references.forEach((key, named) -> {
            if (named.gateways().stream().anyMatch(gateway -> gateways.contains(gateway))) {
                take(key, inputs, services);
            }
        });
        SortedMap<ConfigKey, Long> gone = new TreeMap<>();
        for (ConfigKey service : services) {
            Placed<?> object = objects.get(service);
            Long deletion = deletions.get(service);
            if (object != null) {
                inputs.put(service, object);
            } else if (deletion != null) {
                gone.put(service, deletion);
            }
        }
        return new GroupInputs(group, inputs, gone);
    }

    private void take(ConfigKey key, SortedMap<ConfigKey, Placed<?>> inputs, SortedSet<ConfigKey> services) {
        inputs.put(key, Objects.requireNonNull(objects.get(key)));
        services.addAll(Objects.requireNonNull(references.get(key)).services());
    }

    private SortedMap<ConfigKey, ObjectStatus> statuses(SortedMap<String, MeshTranslation.OfGroup> groups) {
        SortedMap<ConfigKey, ObjectStatus> statuses = new TreeMap<>();
        objects.forEach((key, object) -> {
            List<ObjectStatus> byGroup = groups.values().stream()
                    .flatMap(group ->
                            Stream.ofNullable(group.translation().statuses().get(key)))
                    .toList();
            statuses.put(
                    key,
                    object.value() instanceof ProxyGroup group
                            ? Groups.status(new Placed<>(key, group, object.revision()), proxyGroups(key.name()))
                            : Statuses.of(object, byGroup));
        });
        return statuses;
    }

    private List<Placed<ProxyGroup>> proxyGroups(String name) {
        return all(Kind.PROXY_GROUP, ProxyGroup.class).stream()
                .filter(group -> group.key().name().equals(name))
                .toList();
    }

    private <T extends Message> List<Placed<T>> all(Kind kind, Class<T> type) {
        return new GroupInputs("", objects, deletions).all(kind, type);
    }
}
