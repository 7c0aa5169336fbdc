package io.tailrace.translator.core.listeners;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.translator.core.ConfigSources;

/**
 * The Envoy listener of an HTTP port. Whatever changes in it later drains connections of a whole fleet, so it holds what
 * is to come already: the TLS inspector, a plain filter chain that TLS connections don't match, WebSocket upgrades.
 */
final class HttpListeners {
    private static final String PLAIN_CHAIN = "plain";

    private HttpListeners() {}

    static Listener listener(BindAddress address) {
        return Listeners.bound(address)
                .addListenerFilters(tlsInspector())
                // A plain connection that is opened ahead of its first request stays.
                .setContinueOnListenerFiltersTimeout(true)
                .addFilterChains(plainChain(address))
                .build();
    }

    private static ListenerFilter tlsInspector() {
        return ListenerFilter.newBuilder()
                .setName("envoy.filters.listener.tls_inspector")
                .setTypedConfig(Deterministic.pack(TlsInspector.getDefaultInstance()))
                .build();
    }

    private static FilterChain plainChain(BindAddress address) {
        return FilterChain.newBuilder()
                .setName(PLAIN_CHAIN)
                .setFilterChainMatch(FilterChainMatch.newBuilder().setTransportProtocol("raw_buffer"))
                .addFilters(Filter.newBuilder()
                        .setName("envoy.filters.network.http_connection_manager")
                        .setTypedConfig(Deterministic.pack(connectionManager(address))))
                .build();
    }

    private static HttpConnectionManager connectionManager(BindAddress address) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(address.statPrefix())
                .setRds(Rds.newBuilder()
                        .setConfigSource(ConfigSources.ads())
                        .setRouteConfigName(address.routeConfigurationName()))
                .setUseRemoteAddress(BoolValue.of(true))
                // Routes match what a backend would understand: "/a/../admin" and "//admin" are "/admin".
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(true)
                .addUpgradeConfigs(
                        HttpConnectionManager.UpgradeConfig.newBuilder().setUpgradeType("websocket"))
                .addHttpFilters(router())
                .build();
    }

    /** The last of the filters; others come before it. */
    private static HttpFilter router() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.router")
                .setTypedConfig(Deterministic.pack(Router.getDefaultInstance()))
                .build();
    }
}
