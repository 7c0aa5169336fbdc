package io.tailrace.translator.past;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.translator.core.GroupResources;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a group has at one moment and at another, resource by resource, and which events made the difference: the objects
 * that differ are changed one by one in the order of their events, and an event is named where the resource changes with it.
 */
public final class Difference {
    private final String group;
    private final MeshAt mesh;
    private GroupResources current;
    private SortedMap<ResourceName, Resource> resources;
    private final Map<ResourceName, List<LogEvent>> events = new HashMap<>();

    /**
     * A resource that differs.
     *
     * @param before null: it came
     * @param after null: it went
     * @param fields of what is on both sides
     * @param events in the order of the log
     */
    public record Changed(
            ResourceName name,
            @Nullable Resource before,
            @Nullable Resource after,
            List<FieldChange> fields,
            List<LogEvent> events) {}

    private record Step(ObjectKey key, @Nullable Message value, LogEvent event) {}

    private Difference(LogState from, String group) {
        this.group = group;
        this.mesh = new MeshAt(from);
        this.current = mesh.resources(group);
        this.resources = current.all();
    }

    /** By type and name; empty: the nodes of the group got the same. */
    public static List<Changed> between(LogState from, LogState to, String group, DoubleConsumer progress) {
        Difference difference = new Difference(from, group);
        SortedMap<ResourceName, Resource> before = difference.resources;
        List<Step> steps = steps(from, to);
        for (int i = 0; i < steps.size(); i++) {
            difference.walk(steps.get(i));
            progress.accept((i + 1.0) / steps.size());
        }
        return difference.changed(before, difference.resources);
    }

    private static List<Step> steps(LogState from, LogState to) {
        SortedSet<ObjectKey> keys = new TreeSet<>(from.objects().keySet());
        keys.addAll(to.objects().keySet());
        List<Step> steps = new ArrayList<>();
        for (ObjectKey key : keys) {
            if (!Objects.equals(from.value(key), to.value(key))) {
                InForce object = to.objects().get(key);
                InForce made =
                        object == null ? Objects.requireNonNull(from.objects().get(key)) : object;
                steps.add(new Step(key, to.value(key), made.event()));
            }
        }
        steps.sort((one, other) -> LogEvent.ORDER.compare(one.event(), other.event()));
        return steps;
    }

    private void walk(Step step) {
        SortedSet<String> touched =
                mesh.set(step.key(), step.value(), step.event().place().position());
        switch (step.key()) {
            case EndpointKey endpoint -> note(step.event(), endpoints(endpoint));
            case ConfigKey _ -> {
                if (touched.contains(group)) {
                    current = mesh.resources(group);
                    note(step.event(), current.all());
                }
            }
        }
    }

    /** The same resources, with the load assignments of the endpoint's service as they are now. */
    private SortedMap<ResourceName, Resource> endpoints(EndpointKey endpoint) {
        SortedMap<ResourceName, Resource> now = new TreeMap<>(resources);
        for (ResourceName name : resources.keySet()) {
            boolean own = GroupResources.clusterOf(name)
                    .filter(cluster -> cluster.namespace().equals(endpoint.namespace())
                            && cluster.service().equals(endpoint.service()))
                    .isPresent();
            if (own) {
                current.find(name).ifPresent(resource -> now.put(name, resource));
            }
        }
        return now;
    }

    private void note(LogEvent event, SortedMap<ResourceName, Resource> now) {
        SortedSet<ResourceName> names = new TreeSet<>(resources.keySet());
        names.addAll(now.keySet());
        for (ResourceName name : names) {
            if (!same(resources.get(name), now.get(name))) {
                events.computeIfAbsent(name, _ -> new ArrayList<>()).add(event);
            }
        }
        resources = now;
    }

    private List<Changed> changed(SortedMap<ResourceName, Resource> before, SortedMap<ResourceName, Resource> after) {
        SortedSet<ResourceName> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Changed> changed = new ArrayList<>();
        for (ResourceName name : names) {
            Resource was = before.get(name);
            Resource is = after.get(name);
            if (!same(was, is)) {
                List<FieldChange> fields = was == null || is == null ? List.of() : FieldDifference.between(was, is);
                changed.add(new Changed(name, was, is, fields, events.getOrDefault(name, Collections.emptyList())));
            }
        }
        return changed;
    }

    private static boolean same(@Nullable Resource one, @Nullable Resource other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        return one.sameContent(other);
    }
}
