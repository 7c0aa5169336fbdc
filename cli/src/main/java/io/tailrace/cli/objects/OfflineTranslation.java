package io.tailrace.cli.objects;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.MeshTranslation;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ServiceTranslation;
import io.tailrace.translator.core.Snapshot;
import io.tailrace.translator.core.clusters.LoadAssignments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the groups of one mesh get from objects that are at hand, without a broker. */
final class OfflineTranslation {
    private final MeshTranslation translation;
    private final SortedMap<EndpointKey, Endpoint> endpoints = new TreeMap<>();

    /** Of the objects of this mesh among those that are given. */
    OfflineTranslation(String mesh, Map<ObjectKey, ? extends Message> objects) {
        SortedMap<ConfigKey, Placed<?>> config = new TreeMap<>();
        objects.forEach((key, object) -> {
            if (key instanceof ConfigKey named && key.mesh().equals(mesh) && key.kind() != Kind.SECRET) {
                // A place among the objects stands for the revision, which no Envoy resource shows.
                config.put(named, new Placed<>(named, object, config.size()));
            } else if (key instanceof EndpointKey named
                    && key.mesh().equals(mesh)
                    && object instanceof Endpoint endpoint) {
                endpoints.put(named, endpoint);
            }
        });
        translation = new Snapshot(config, new TreeMap<>()).translate();
    }

    SortedSet<String> groups() {
        return new TreeSet<>(translation.groups().keySet());
    }

    /** Of every object of config. */
    SortedMap<ConfigKey, ObjectStatus> statuses() {
        return translation.statuses();
    }

    /** All that a group's nodes get, the load assignments of their clusters last. */
    List<Resource> resourcesOf(String group) {
        List<Resource> resources = new ArrayList<>(translation.resourcesOf(group));
        Set<String> wanted = new HashSet<>();
        resources.forEach(resource -> resource.refs().forEach(ref -> wanted.add(ref.name())));
        translation
                .services()
                .forEach((service, translated) -> resources.addAll(assignments(service, translated, wanted)));
        return resources;
    }

    private List<Resource> assignments(ConfigKey service, ServiceTranslation translated, Set<String> wanted) {
        SortedMap<EndpointKey, Endpoint> own = new TreeMap<>(endpoints);
        own.keySet()
                .removeIf(key -> !key.namespace().equals(service.namespace())
                        || !key.service().equals(service.name()));
        List<Resource> assignments = new ArrayList<>();
        for (PortPolicy port : translated.policy().getPortsList()) {
            if (wanted.contains(port.getAssignment())) {
                assignments.add(Resource.of(
                        "", port.getAssignment(), LoadAssignments.of(port, own.values()), List.of(), List.of()));
            }
        }
        return assignments;
    }
}
