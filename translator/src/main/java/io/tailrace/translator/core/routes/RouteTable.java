package io.tailrace.translator.core.routes;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.tailrace.translator.core.Cause;
import io.tailrace.translator.core.Resource;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.backends.Backend;
import io.tailrace.translator.core.listeners.BindAddress;
import io.tailrace.translator.core.listeners.GatewayListener;
import io.tailrace.translator.core.listeners.Hosts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The route configuration of one HTTP port: a virtual host for each host that its listeners' routes serve. A host belongs to
 * the most specific listener that serves it, and what that one has no route for is answered 404, whatever others have.
 */
public final class RouteTable {
    private final BindAddress address;
    private final List<GatewayListener> listeners;
    private final SortedMap<String, List<RouteEntry>> hosts = new TreeMap<>();
    private final List<MatchConflict> conflicts = new ArrayList<>();

    /** Of the routes of each listener of the port. */
    public static RouteTable of(BindAddress address, Map<GatewayListener, List<ResolvedRoute>> routes) {
        RouteTable table = new RouteTable(address, List.copyOf(routes.keySet()));
        routes.forEach(table::addAll);
        return table;
    }

    private RouteTable(BindAddress address, List<GatewayListener> listeners) {
        this.address = address;
        this.listeners = listeners.stream()
                .sorted(Comparator.comparing(GatewayListener::host, Hosts.MOST_SPECIFIC_FIRST))
                .toList();
    }

    /** Those that lost a match on some host to another route. */
    public List<MatchConflict> conflicts() {
        return conflicts;
    }

    /** What the routes in force send to. */
    public Stream<Backend> backends() {
        return hosts.values().stream().flatMap(List::stream).flatMap(RouteEntry::backends);
    }

    public Resource resource(String group) {
        RouteConfiguration.Builder configuration = RouteConfiguration.newBuilder()
                .setName(address.routeConfigurationName())
                .setValidateClusters(BoolValue.of(false))
                // A Host of "example.com:8080" is example.com.
                .setIgnorePortInHostMatching(true);
        Set<ResourceName> refs = new HashSet<>();
        Set<Cause> causes = new HashSet<>();
        listeners.forEach(listener -> causes.add(listener.gateway().cause()));
        hosts.forEach((host, entries) -> {
            configuration.addVirtualHosts(virtualHost(host, entries));
            entries.forEach(entry -> note(entry, refs, causes));
        });
        return Resource.of(group, address.routeConfigurationName(), configuration.build(), refs, causes);
    }

    private void addAll(GatewayListener listener, List<ResolvedRoute> routes) {
        SortedMap<String, List<RouteEntry>> own = new TreeMap<>();
        if (!listener.host().equals(Hosts.ANY)) {
            own.put(listener.host(), new ArrayList<>()); // so that no wider listener's routes serve it
        }
        for (ResolvedRoute route : routes) {
            List<RouteEntry> entries = route.entries(address.port());
            Hosts.intersect(listener.host(), route.hostnames()).stream()
                    .filter(host -> owner(host).equals(listener))
                    .forEach(host ->
                            own.computeIfAbsent(host, any -> new ArrayList<>()).addAll(entries));
        }
        own.forEach((host, entries) -> hosts.put(host, decide(listener, entries)));
    }

    private GatewayListener owner(String host) {
        return listeners.stream()
                .filter(listener -> Hosts.covers(listener.host(), host))
                .findFirst()
                .orElseThrow();
    }

    /** In the order of precedence; of wholly equal matches the first counts. */
    private List<RouteEntry> decide(GatewayListener listener, List<RouteEntry> entries) {
        Map<RequestMatch, RouteEntry> first = new LinkedHashMap<>();
        entries.stream().sorted(RouteEntry.PRECEDENCE).forEach(entry -> {
            RouteEntry winner = first.putIfAbsent(entry.match(), entry);
            if (winner != null && !winner.route().key().equals(entry.route().key())) {
                conflicts.add(new MatchConflict(listener, entry.place(), winner.place()));
            }
        });
        return List.copyOf(first.values());
    }

    private static VirtualHost virtualHost(String host, Collection<RouteEntry> entries) {
        VirtualHost.Builder virtualHost = VirtualHost.newBuilder().setName(host).addDomains(host);
        entries.forEach(entry -> virtualHost.addAllRoutes(entry.envoy()));
        return virtualHost.build();
    }

    private static void note(RouteEntry entry, Set<ResourceName> refs, Set<Cause> causes) {
        causes.add(entry.route().cause());
        entry.backends().forEach(backend -> {
            backend.cause().ifPresent(causes::add);
            if (backend instanceof Backend.Found found) {
                refs.add(found.ref());
            }
        });
    }
}
