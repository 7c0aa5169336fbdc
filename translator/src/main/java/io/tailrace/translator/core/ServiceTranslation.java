package io.tailrace.translator.core;

import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.log.v1.ServicePolicy;
import io.tailrace.schemas.v1.Service;
import io.tailrace.translator.core.clusters.ServiceClusters;
import io.tailrace.translator.core.status.Statuses;
import java.util.List;

/**
 * What a Service becomes, whoever uses it.
 *
 * @param clusters one for each port, scope empty, by name
 * @param policy what the endpoint lane needs; its causes carry the partition, so they are for the caller to fill in
 */
public record ServiceTranslation(List<Resource> clusters, ServicePolicy policy, ObjectStatus status) {

    public static ServiceTranslation of(Placed<Service> service) {
        return new ServiceTranslation(
                ServiceClusters.clusters(service),
                ServiceClusters.policy(service),
                Statuses.accepted(service.revision()));
    }

    /**
     * Whether groups that use the service would come out as before: all that a {@link GroupTranslation} takes from one is
     * its ports and whether its load balancer hashes. Other settings are in its clusters alone.
     */
    public static boolean sameToGroups(Service before, Service after) {
        return before.getSpec().getPortsList().equals(after.getSpec().getPortsList())
                && before.getSpec().getLoadBalancer().equals(after.getSpec().getLoadBalancer());
    }
}
