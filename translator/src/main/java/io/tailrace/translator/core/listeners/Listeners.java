package io.tailrace.translator.core.listeners;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.Listener;

/** What the listeners of all protocols have in common. */
final class Listeners {
    private Listeners() {}

    static Listener.Builder bound(BindAddress address) {
        return Listener.newBuilder()
                .setName(address.listenerName())
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress(address.ip())
                                .setPortValue(address.port())));
    }
}
