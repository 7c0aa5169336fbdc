package io.tailrace.translator.core.backends;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.v1.LoadBalancer;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.translator.core.Cause;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.clusters.ClusterName;
import java.util.Optional;

/** What a backendRef comes to. */
public sealed interface Backend {
    /** The Service that it names, existing or not. */
    ConfigKey service();

    /** The event that it comes to this by, if one is known. */
    Optional<Cause> cause();

    /** It exists: a port of a Service. */
    record Found(ConfigKey service, ServicePort port, LoadBalancer.Type loadBalancer, Cause event) implements Backend {
        public ClusterName cluster() {
            return ClusterName.of(service, port.getPort());
        }

        public ResourceName ref() {
            return new ResourceName(ResourceTypes.CLUSTER, cluster().text());
        }

        /** It chooses by a hash of the connection or request, so whoever sends there must say of what. */
        public boolean hashes() {
            return switch (loadBalancer) {
                case RingHash, Maglev -> true;
                case TYPE_UNSPECIFIED, RoundRobin, LeastRequest, Random, UNRECOGNIZED -> false;
            };
        }

        @Override
        public Optional<Cause> cause() {
            return Optional.of(event);
        }
    }

    /**
     * It doesn't.
     *
     * @param name what it would be called, with port 0 if none is given
     * @param cause the deletion of the Service, or the change that left it without the port
     */
    record Missing(ConfigKey service, ClusterName name, Problem problem, Optional<Cause> cause) implements Backend {}
}
