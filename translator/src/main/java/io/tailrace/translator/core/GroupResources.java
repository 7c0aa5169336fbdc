package io.tailrace.translator.core;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.ServiceKey;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.Service;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.core.clusters.LoadAssignments;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that the nodes of a group get: the group's own resources, the clusters that it shares with others, and the load
 * assignments that any of these refer to. Each is made when it is asked for.
 */
public final class GroupResources {
    private final Translation translation;
    private final Mesh mesh;

    /** What lies around the group. */
    public interface Mesh {
        String name();

        /** The object in force; null: there is none. */
        @Nullable
        Placed<?> object(ConfigKey key);

        SortedMap<EndpointKey, Endpoint> endpoints(ServiceKey service);
    }

    public GroupResources(Translation translation, Mesh mesh) {
        this.translation = translation;
        this.mesh = mesh;
    }

    /** By type and name. */
    public SortedMap<ResourceName, Resource> all() {
        SortedMap<ResourceName, Resource> all = new TreeMap<>(translation.resources());
        translation.entries().forEach(entry -> find(entry.id()).ifPresent(found -> all.put(entry.id(), found)));
        for (Resource resource : List.copyOf(all.values())) {
            for (ResourceName ref : resource.refs()) {
                if (ref.typeUrl().equals(ResourceTypes.LOAD_ASSIGNMENT)) {
                    assignment(ref).ifPresent(found -> all.putIfAbsent(ref, found));
                }
            }
        }
        return all;
    }

    /** What the nodes get by this name; empty: nothing. */
    public Optional<Resource> find(ResourceName name) {
        Resource own = translation.resources().get(name);
        if (own != null) {
            return Optional.of(own);
        }
        if (translation.entries().contains(new ListEntry(name, ""))) {
            return cluster(name);
        }
        return name.typeUrl().equals(ResourceTypes.LOAD_ASSIGNMENT) && isReferredTo(name)
                ? assignment(name)
                : Optional.empty();
    }

    private boolean isReferredTo(ResourceName assignment) {
        return translation.resources().values().stream()
                        .anyMatch(own -> own.refs().contains(assignment))
                || clusterOf(assignment)
                        .map(cluster -> new ResourceName(ResourceTypes.CLUSTER, cluster.text()))
                        .filter(cluster -> translation.entries().contains(new ListEntry(cluster, "")))
                        .flatMap(this::cluster)
                        .filter(cluster -> cluster.refs().contains(assignment))
                        .isPresent();
    }

    private Optional<Resource> cluster(ResourceName name) {
        return ClusterName.parse(name.name())
                .flatMap(this::service)
                .flatMap(service -> service.clusters().stream()
                        .filter(cluster -> cluster.id().equals(name))
                        .findFirst());
    }

    private Optional<Resource> assignment(ResourceName name) {
        Optional<ClusterName> cluster = clusterOf(name);
        Optional<PortPolicy> port = cluster.flatMap(this::service)
                .flatMap(service -> service.policy().getPortsList().stream()
                        .filter(each -> each.getAssignment().equals(name.name()))
                        .findFirst());
        if (cluster.isEmpty() || port.isEmpty()) {
            return Optional.empty();
        }
        ServiceKey service = new ServiceKey(
                mesh.name(), cluster.get().namespace(), cluster.get().service());
        return Optional.of(Resource.of(
                "",
                name.name(),
                LoadAssignments.of(port.get(), mesh.endpoints(service).values()),
                List.of(),
                List.of()));
    }

    private Optional<ServiceTranslation> service(ClusterName cluster) {
        ConfigKey key = cluster.service(mesh.name());
        Placed<?> placed = mesh.object(key);
        return placed != null && placed.value() instanceof Service service
                ? Optional.of(ServiceTranslation.of(new Placed<>(key, service, placed.revision())))
                : Optional.empty();
    }

    /** A load assignment is named like its cluster, with a hash behind it. */
    public static Optional<ClusterName> clusterOf(ResourceName assignment) {
        int hash = assignment.name().lastIndexOf('~');
        return hash < 0 ? Optional.empty() : ClusterName.parse(assignment.name().substring(0, hash));
    }
}
