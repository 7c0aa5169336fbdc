package io.tailrace.translator.core.backends;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.BackendRef;
import io.tailrace.schemas.v1.HTTPBackendRef;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.translator.core.Cause;
import io.tailrace.translator.core.GroupInputs;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.References;
import io.tailrace.translator.core.clusters.ClusterName;
import io.tailrace.translator.core.clusters.ServiceClusters;
import io.tailrace.translator.core.status.Statuses;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The Services that routes may send to, of every namespace of the mesh. */
public final class Backends {
    private final Map<ConfigKey, Placed<Service>> services;
    private final Map<ConfigKey, Long> deletions;

    public Backends(GroupInputs inputs) {
        this.services = inputs.all(Kind.SERVICE, Service.class).stream()
                .collect(Collectors.toMap(Placed::key, service -> service));
        this.deletions = inputs.deletions();
    }

    public Backend find(Placed<?> route, String field, HTTPBackendRef ref) {
        ConfigKey service = References.service(route.key(), ref.getNamespace(), ref.getName());
        return find(route, field, service, ref.hasPort() ? Optional.of(ref.getPort()) : Optional.empty());
    }

    public Backend find(Placed<?> route, String field, BackendRef ref) {
        ConfigKey service = References.service(route.key(), ref.getNamespace(), ref.getName());
        return find(route, field, service, ref.hasPort() ? Optional.of(ref.getPort()) : Optional.empty());
    }

    /** The port that a cluster's name says, if it is one of ours and exists. */
    public Optional<Backend.Found> find(String mesh, ClusterName name) {
        return Optional.ofNullable(services.get(name.service(mesh)))
                .flatMap(service -> ServiceClusters.port(service.value(), Optional.of(name.port()))
                        .map(port -> found(service, port)));
    }

    private Backend find(Placed<?> route, String field, ConfigKey key, Optional<Integer> number) {
        ClusterName name = ClusterName.of(key, number.orElse(0));
        Placed<Service> service = services.get(key);
        if (service == null) {
            Optional<Cause> deletion =
                    Optional.ofNullable(deletions.get(key)).map(revision -> new Cause(key, revision, true));
            String title = "\"" + key.namespace() + "/" + key.name() + "\"";
            return new Backend.Missing(
                    key,
                    name,
                    Statuses.problem(route, field + ".name", title, "a Service that exists in mesh " + key.mesh()),
                    deletion);
        }
        return ServiceClusters.port(service.value(), number)
                .<Backend>map(port -> found(service, port))
                .orElseGet(() -> noSuchPort(route, field, service, number));
    }

    private static Backend.Found found(Placed<Service> service, ServicePort port) {
        return new Backend.Found(
                service.key(), port, service.value().getSpec().getLoadBalancer().getType(), service.cause());
    }

    private static Backend noSuchPort(
            Placed<?> route, String field, Placed<Service> service, Optional<Integer> number) {
        String ports = service.value().getSpec().getPortsList().stream()
                .map(port -> String.valueOf(port.getPort()))
                .collect(Collectors.joining(", "));
        return new Backend.Missing(
                service.key(),
                ClusterName.of(service.key(), number.orElse(0)),
                Statuses.problem(
                        route,
                        field + ".port",
                        number.map(String::valueOf).orElse("nothing"),
                        "a port of " + service.title() + ": " + ports),
                Optional.of(service.cause()));
    }
}
