package io.tailrace.translator.core.listeners;

import io.tailrace.translator.core.Cause;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import io.tailrace.translator.core.backends.Backend;
import io.tailrace.translator.core.backends.WeightedBackend;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Envoy listeners with what they refer to and what they come from. */
public final class EnvoyListeners {
    private EnvoyListeners() {}

    /** One for all the Gateways that share the port. Routes don't change it. */
    public static Resource http(String group, BindAddress address, List<GatewayListener> listeners) {
        return Resource.of(
                group,
                address.listenerName(),
                HttpListeners.listener(address),
                List.of(new ResourceName(ResourceTypes.ROUTE_CONFIGURATION, address.routeConfigurationName())),
                listeners.stream().map(listener -> listener.gateway().cause()).toList());
    }

    public static Resource tcp(
            String group, GatewayListener listener, Placed<?> route, List<WeightedBackend> backends) {
        Set<ResourceName> refs = new HashSet<>();
        Set<Cause> causes = new HashSet<>(List.of(listener.gateway().cause(), route.cause()));
        for (WeightedBackend weighted : backends) {
            if (weighted.backend() instanceof Backend.Found found) {
                refs.add(found.ref());
            }
            if (weighted.shapesTcp()) {
                weighted.backend().cause().ifPresent(causes::add);
            }
        }
        return Resource.of(
                group,
                listener.address().listenerName(),
                TcpListeners.listener(listener.address(), backends),
                refs,
                causes);
    }
}
