package io.tailrace.translator.core.clusters;

import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A Service's ports as clusters and as policies of the endpoint lane, which meet by the load assignment's name. */
public final class ServiceClusters {
    private static final String ONLY_PORT = "default";

    private ServiceClusters() {}

    public static List<Resource> clusters(Placed<Service> service) {
        return ports(service).stream().map(port -> cluster(service, port)).toList();
    }

    public static ServicePolicy policy(Placed<Service> service) {
        ServicePolicy.Builder policy = ServicePolicy.newBuilder().setRevision(service.revision());
        ports(service).forEach(port -> policy.addPorts(portPolicy(service, port)));
        return policy.build();
    }

    /** The port of this number, or the only one if none is given. */
    public static Optional<ServicePort> port(Service service, Optional<Integer> number) {
        List<ServicePort> ports = service.getSpec().getPortsList();
        if (number.isEmpty()) {
            return ports.size() == 1 ? Optional.of(ports.getFirst()) : Optional.empty();
        }
        return ports.stream().filter(port -> port.getPort() == number.get()).findFirst();
    }

    private static Resource cluster(Placed<Service> service, ServicePort port) {
        ClusterName name = ClusterName.of(service.key(), port.getPort());
        String assignment = portPolicy(service, port).getAssignment();
        return Resource.of(
                "",
                name.text(),
                Clusters.cluster(name, service.value().getSpec(), port, assignment),
                List.of(new ResourceName(ResourceTypes.LOAD_ASSIGNMENT, assignment)),
                List.of(service.cause()));
    }

    /** The hash is over all that the endpoint lane takes from config: a change of it makes another assignment. */
    private static PortPolicy portPolicy(Placed<Service> service, ServicePort port) {
        PortPolicy policy = PortPolicy.newBuilder()
                .setName(port.getName().isEmpty() ? ONLY_PORT : port.getName())
                .setPort(port.getPort())
                .build();
        String cluster = ClusterName.of(service.key(), port.getPort()).text();
        return policy.toBuilder()
                .setAssignment(cluster + "~" + Deterministic.hash8(Deterministic.serialize(policy)))
                .build();
    }

    private static List<ServicePort> ports(Placed<Service> service) {
        return service.value().getSpec().getPortsList().stream()
                .sorted(Comparator.comparingInt(ServicePort::getPort))
                .toList();
    }
}
