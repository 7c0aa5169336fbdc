package io.tailrace.translator.core.listeners;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.Listener;
import io.tailrace.schemas.v1.ParentReference;
import io.tailrace.schemas.v1.TCPRoute;
import io.tailrace.translator.core.Placed;
import io.tailrace.translator.core.References;
import io.tailrace.translator.core.status.Reason;
import io.tailrace.translator.core.status.Statuses;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the listeners of a group that a route attaches to, as Gateway API says. */
public final class Attachments {
    private final String group;
    private final Map<ConfigKey, Placed<Gateway>> gateways;
    private final PortTable ports;

    public Attachments(String group, List<Placed<Gateway>> gateways, PortTable ports) {
        this.group = group;
        this.gateways = gateways.stream().collect(Collectors.toMap(Placed::key, gateway -> gateway));
        this.ports = ports;
    }

    /** One for each parentRef, in their order. */
    public List<Attachment> ofHttp(Placed<HTTPRoute> route) {
        List<ParentReference> parents = route.value().getSpec().getParentRefsList();
        List<String> hosts = route.value().getSpec().getHostnamesList();
        return IntStream.range(0, parents.size())
                .mapToObj(i -> new Asked(route, i, parents.get(i)))
                .map(asked -> attach(
                        asked,
                        Listener.Protocol.HTTP,
                        listener -> !Hosts.intersect(listener.host(), hosts).isEmpty()))
                .toList();
    }

    /** One for each parentRef, in their order. */
    public List<Attachment> ofTcp(Placed<TCPRoute> route) {
        List<ParentReference> parents = route.value().getSpec().getParentRefsList();
        return IntStream.range(0, parents.size())
                .mapToObj(i -> new Asked(route, i, parents.get(i)))
                .map(asked -> attach(asked, Listener.Protocol.TCP, listener -> true))
                .toList();
    }

    private Attachment attach(Asked asked, Listener.Protocol protocol, Predicate<GatewayListener> hostFits) {
        Placed<Gateway> gateway = gateways.get(References.gateway(asked.route.key(), asked.parent));
        if (gateway == null) {
            return new Attachment.Elsewhere();
        }
        List<GatewayListener> named = listeners(gateway).filter(asked::names).toList();
        if (named.isEmpty()) {
            return asked.noSuchListener(gateway);
        }
        List<GatewayListener> taking = named.stream()
                .filter(listener -> listener.spec().getProtocol() == protocol)
                .toList();
        if (taking.isEmpty()) {
            return asked.notAllowed(named, protocol);
        }
        List<GatewayListener> fitting = taking.stream().filter(hostFits).toList();
        if (fitting.isEmpty()) {
            return asked.noHost(taking);
        }
        List<GatewayListener> inForce =
                fitting.stream().filter(ports::isInForce).toList();
        return inForce.isEmpty() ? asked.allInConflict(fitting, group) : new Attachment.Attached(inForce);
    }

    private static java.util.stream.Stream<GatewayListener> listeners(Placed<Gateway> gateway) {
        return IntStream.range(0, gateway.value().getSpec().getListenersCount())
                .mapToObj(index -> new GatewayListener(gateway, index));
    }

    /** A parentRef, and the words for it when it comes to nothing. */
    private record Asked(Placed<?> route, int index, ParentReference parent) {
        boolean names(GatewayListener listener) {
            boolean section = parent.getSectionName().isEmpty()
                    || parent.getSectionName().equals(listener.spec().getName());
            return section
                    && (!parent.hasPort() || parent.getPort() == listener.spec().getPort());
        }

        Attachment noSuchListener(Placed<Gateway> gateway) {
            boolean bySection = !parent.getSectionName().isEmpty();
            String listeners = listeners(gateway)
                    .map(it -> it.spec().getName() + " (port " + it.spec().getPort() + ")")
                    .collect(Collectors.joining(", "));
            String found = (bySection ? "\"" + parent.getSectionName() + "\"" : "")
                    + (bySection && parent.hasPort() ? " with port " : "")
                    + (parent.hasPort() ? parent.getPort() : "");
            return refused(
                    Reason.NoMatchingParent,
                    field(bySection ? ".sectionName" : ".port"),
                    found,
                    "a listener of " + gateway.title() + ": " + listeners);
        }

        Attachment notAllowed(List<GatewayListener> named, Listener.Protocol protocol) {
            return refused(
                    Reason.NotAllowedByListeners,
                    field(""),
                    titles(named) + " with protocol " + named.getFirst().spec().getProtocol(),
                    "a listener with protocol " + protocol);
        }

        Attachment noHost(List<GatewayListener> taking) {
            String hosts = taking.stream().map(GatewayListener::host).distinct().collect(Collectors.joining(", "));
            String asked = route.value() instanceof HTTPRoute http
                    ? String.join(", ", http.getSpec().getHostnamesList())
                    : "";
            return refused(
                    Reason.NoMatchingListenerHostname,
                    "spec.hostnames",
                    asked,
                    "a host that the listener serves: " + hosts);
        }

        Attachment allInConflict(List<GatewayListener> fitting, String group) {
            return refused(
                    Reason.ListenerConflict,
                    field(""),
                    titles(fitting) + ", which is Conflicted in group " + group,
                    "a listener that is in force");
        }

        private Attachment refused(Reason reason, String field, String found, String expected) {
            return new Attachment.Refused(reason, Statuses.problem(route, field, found, expected));
        }

        private String field(String name) {
            return "spec.parentRefs[" + index + "]" + name;
        }

        private static String titles(List<GatewayListener> listeners) {
            return listeners.stream().map(GatewayListener::title).collect(Collectors.joining(", "));
        }
    }
}
