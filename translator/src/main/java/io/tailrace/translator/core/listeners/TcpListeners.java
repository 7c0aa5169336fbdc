package io.tailrace.translator.core.listeners;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.type.v3.HashPolicy;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.translator.core.backends.WeightedBackend;
import java.util.List;

/**
 * The Envoy listener of a TCP port. It has no listener filter, since the server may speak first. A backend stands in it by
 * name whether it exists or not (Envoy closes connections to a cluster that it doesn't have): so a Service that comes or
 * goes leaves the filter chain, and with it the connections to the others, alone.
 */
final class TcpListeners {
    private TcpListeners() {}

    static Listener listener(BindAddress address, List<WeightedBackend> backends) {
        return Listeners.bound(address)
                .addFilterChains(FilterChain.newBuilder()
                        .setName("tcp")
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.tcp_proxy")
                                .setTypedConfig(Deterministic.pack(proxy(address, backends)))))
                .build();
    }

    private static TcpProxy proxy(BindAddress address, List<WeightedBackend> backends) {
        TcpProxy.Builder proxy = TcpProxy.newBuilder().setStatPrefix(address.statPrefix());
        if (backends.stream().anyMatch(WeightedBackend::hashes)) {
            proxy.addHashPolicy(HashPolicy.newBuilder().setSourceIp(HashPolicy.SourceIp.getDefaultInstance()));
        }
        return backends.size() == 1
                ? proxy.setCluster(backends.getFirst().expectedCluster()).build()
                : proxy.setWeightedClusters(weighted(backends)).build();
    }

    private static TcpProxy.WeightedCluster weighted(List<WeightedBackend> backends) {
        TcpProxy.WeightedCluster.Builder clusters = TcpProxy.WeightedCluster.newBuilder();
        backends.forEach(backend -> clusters.addClusters(TcpProxy.WeightedCluster.ClusterWeight.newBuilder()
                .setName(backend.expectedCluster())
                .setWeight(backend.weight())));
        return clusters.build();
    }
}
