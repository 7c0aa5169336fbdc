package io.tailrace.translator.core;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.schemas.v1.TCPRoute;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.core.raw.RawRefs;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an object refers to, existing or not: the edges by which a change finds the groups that it concerns.
 *
 * @param groups the proxy groups that it names
 * @param gateways the Gateways that a route asks to attach to
 * @param services the Services that it sends to
 */
public record References(SortedSet<String> groups, SortedSet<ConfigKey> gateways, SortedSet<ConfigKey> services) {

    public static References of(Placed<?> placed) {
        References references = new References(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        ConfigKey key = placed.key();
        Message value = placed.value();
        switch (value) {
            case Gateway gateway -> references.groups.addAll(gateway.getSpec().getGroupsList());
            case EnvoyResource resource -> references.addRaw(key, resource);
            case HTTPRoute route -> references.addHttp(key, route);
            case TCPRoute route -> references.addTcp(key, route);
            default -> {} // the other kinds refer to nothing
        }
        return references;
    }

    private void addRaw(ConfigKey key, EnvoyResource resource) {
        groups.addAll(resource.getSpec().getGroupsList());
        RawRefs.of(resource.getSpec().getResource()).stream()
                .filter(ref -> ref.typeUrl().equals(ResourceTypes.CLUSTER))
                .flatMap(ref -> ClusterName.parse(ref.name()).stream())
                .forEach(cluster -> services.add(cluster.service(key.mesh())));
    }

    private void addHttp(ConfigKey key, HTTPRoute route) {
        addParents(key, route.getSpec().getParentRefsList());
        route.getSpec()
                .getRulesList()
                .forEach(rule -> rule.getBackendRefsList()
                        .forEach(backend -> addService(key, backend.getNamespace(), backend.getName())));
    }

    private void addTcp(ConfigKey key, TCPRoute route) {
        addParents(key, route.getSpec().getParentRefsList());
        route.getSpec()
                .getRulesList()
                .forEach(rule -> rule.getBackendRefsList()
                        .forEach(backend -> addService(key, backend.getNamespace(), backend.getName())));
    }

    private void addParents(ConfigKey route, List<ParentReference> parents) {
        parents.forEach(parent -> gateways.add(gateway(route, parent)));
    }

    /** The Gateway that a parentRef names. */
    public static ConfigKey gateway(ConfigKey route, ParentReference parent) {
        return new ConfigKey(
                route.mesh(), Kind.GATEWAY, orElse(parent.getNamespace(), route.namespace()), parent.getName());
    }

    /** The Service that a backendRef names: of the route's namespace unless it says another. */
    public static ConfigKey service(ConfigKey route, String namespace, String name) {
        return new ConfigKey(route.mesh(), Kind.SERVICE, orElse(namespace, route.namespace()), name);
    }

    private void addService(ConfigKey route, String namespace, String name) {
        services.add(service(route, namespace, name));
    }

    private static String orElse(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
