package io.tailrace.cli.envoy;

import java.util.List;

/**
 * What differs between the bootstraps of two Envoys.
 *
 * @param group becomes node.cluster, by which a group that a Gateway names selects its nodes
 * @param nodeId becomes node.id; unique in the mesh
 * @param mesh the mesh that the node belongs to
 * @param gateways the xDS gateways' addresses, at least one
 * @param variant how the one ADS stream speaks
 * @param adminPort the port of Envoy's admin interface on loopback, 0 for a free one
 */
public record BootstrapSpec(
        String group, String nodeId, String mesh, List<HostAndPort> gateways, Variant variant, int adminPort) {
    /** The two ways of xDS over gRPC. */
    public enum Variant {
        /** Only what changed; the one that we recommend. */
        DELTA,
        /** State of the world. */
        SOTW
    }

    public BootstrapSpec {
        gateways = List.copyOf(gateways);
        if (gateways.isEmpty()) {
            throw new IllegalArgumentException("a bootstrap needs the address of a gateway");
        }
    }
}
