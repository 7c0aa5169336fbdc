package io.tailrace.translator.core.listeners;

import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.Listener;
import io.tailrace.translator.core.Placed;

/** One listener of a Gateway. */
public record GatewayListener(Placed<Gateway> gateway, int index) {

    public Listener spec() {
        return gateway.value().getSpec().getListeners(index);
    }

    public BindAddress address() {
        return BindAddress.of(spec());
    }

    /** "*" if it serves every host. */
    public String host() {
        return Hosts.orAny(spec().getHostname());
    }

    public boolean isHttp() {
        return spec().getProtocol() == Listener.Protocol.HTTP;
    }

    /** "listener web of Gateway default/edge", as problems name it. */
    public String title() {
        return "listener " + spec().getName() + " of " + gateway.title();
    }

    public String field(String name) {
        return "spec.listeners[" + index + "]." + name;
    }
}
