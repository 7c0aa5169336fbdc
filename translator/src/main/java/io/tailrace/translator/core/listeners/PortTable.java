package io.tailrace.translator.core.listeners;

import io.tailrace.schemas.v1.Gateway;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.status.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who has which port in a group. On one address and port there may be HTTP listeners with a host each, or one TCP
 * listener. Where two cannot share it, the first by namespace, name and place in its Gateway has it.
 */
public final class PortTable {
    private final SortedMap<BindAddress, List<GatewayListener>> ports = new TreeMap<>();
    private final List<ListenerConflict> conflicts = new ArrayList<>();

    /** Of Gateways in the order of precedence. */
    public static PortTable of(List<Placed<Gateway>> gateways) {
        PortTable table = new PortTable();
        gateways.forEach(gateway -> IntStream.range(0, gateway.value().getSpec().getListenersCount())
                .mapToObj(index -> new GatewayListener(gateway, index))
                .forEach(table::add));
        return table;
    }

    /** The listeners that have each port, in the order of precedence; all HTTP, or one TCP. */
    public SortedMap<BindAddress, List<GatewayListener>> ports() {
        return ports;
    }

    public List<ListenerConflict> conflicts() {
        return conflicts;
    }

    public boolean isInForce(GatewayListener listener) {
        return ports.getOrDefault(listener.address(), List.of()).contains(listener);
    }

    private void add(GatewayListener listener) {
        List<GatewayListener> there = ports.computeIfAbsent(listener.address(), address -> new ArrayList<>());
        Optional<ListenerConflict> conflict = there.stream()
                .flatMap(other -> conflict(listener, other).stream())
                .findFirst();
        if (conflict.isPresent()) {
            conflicts.add(conflict.get());
        } else {
            there.add(listener);
        }
    }

    private static Optional<ListenerConflict> conflict(GatewayListener late, GatewayListener first) {
        if (!late.isHttp() || !first.isHttp()) {
            return Optional.of(new ListenerConflict(late, first, Reason.ProtocolConflict));
        }
        return late.host().equals(first.host())
                ? Optional.of(new ListenerConflict(late, first, Reason.HostnameConflict))
                : Optional.empty();
    }
}
