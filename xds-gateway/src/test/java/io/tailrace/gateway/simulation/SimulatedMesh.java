package io.tailrace.gateway.simulation;

import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.tailrace.gateway.testing.Thing;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * What one mesh is meant to be. Each change of it is whole, as the translator's are: routes have their clusters, these
 * their load assignments, which are written to lanes of their own.
 */
final class SimulatedMesh {
    static final List<String> SERVICES = List.of("a", "b", "c", "d");
    static final List<String> PORTS = List.of("1", "2", "3");
    static final List<String> SECRETS = List.of("s", "t");

    private final SimulatedLog log;
    private final MeshWriter writer;
    private final Random random;
    private final Map<String, Service> services = new TreeMap<>();
    private final Map<String, Integer> secrets = new TreeMap<>();
    private final Map<String, Proxies> groups = new TreeMap<>();
    private Predicate<Thing> suits = thing -> true;

    /** `variant`: another one has another load assignment. */
    private record Service(int edition, int variant, int hosts) {}

    private record Route(int edition, Set<String> clusters) {}

    /** A group. `nodes`: the cluster of the nodes that it selects; empty: none. */
    private static final class Proxies {
        String nodes;
        final Map<String, Integer> listeners = new TreeMap<>();
        final Map<String, Route> routes = new TreeMap<>();
        final Set<String> unused = new TreeSet<>();

        Proxies(String nodes) {
            this.nodes = nodes;
        }
    }

    /** Its groups select nodes by these clusters, at first. */
    SimulatedMesh(String name, SimulatedLog log, Random random, List<String> clusters) {
        this.log = log;
        this.random = random;
        this.writer = new MeshWriter(name, log);
        clusters.forEach(cluster -> groups.put("of-" + cluster, new Proxies(cluster)));
        SERVICES.subList(0, 2).forEach(this::addService);
        groups.values().forEach(group -> PORTS.subList(0, 2).forEach(port -> addListener(group, port)));
        writer.write(shape());
    }

    /** A change by chance; some of them of nothing but endpoints. */
    void change() {
        do {
            mutate();
        } while (random.nextInt(3) == 0);
        repair();
        writer.write(shape());
    }

    /** All is another than before, every group selects nodes, and every content passes. */
    void changeAll(Predicate<Thing> test) {
        suits = test;
        List<String> clusters = groups.keySet().stream()
                .map(group -> group.substring("of-".length()))
                .toList();
        int i = 0;
        for (Proxies group : groups.values()) {
            group.nodes = clusters.get(i++);
        }
        services.replaceAll((letter, old) -> service(letter, old.variant));
        secrets.replaceAll((letter, old) -> fresh(edition -> secret(letter, edition)));
        for (Proxies group : groups.values()) {
            group.listeners.replaceAll((port, old) -> fresh(edition -> Thing.listener(port, edition, port)));
            group.routes.replaceAll((port, old) -> route(port, old.clusters));
        }
        writer.write(shape());
        suits = thing -> true;
    }

    private void mutate() {
        Proxies group = pick(List.copyOf(groups.values()));
        String service = pick(SERVICES);
        String port = pick(PORTS);
        switch (random.nextInt(14)) {
            case 0, 1, 2 ->
                services.computeIfPresent(
                        service,
                        (letter, old) -> new Service(old.edition, old.variant, freshHosts(letter, old.variant)));
            case 3 ->
                services.computeIfPresent(
                        service,
                        (letter, old) -> new Service(
                                fresh(edition -> cluster(letter, edition, old.variant)), old.variant, old.hosts));
            case 4 -> services.computeIfPresent(service, (letter, old) -> service(letter, 3 - old.variant));
            case 5 -> addService(service);
            case 6 -> services.keySet().removeIf(letter -> letter.equals(service) && services.size() > 1);
            case 7, 8 -> group.routes.computeIfPresent(port, (one, old) -> route(one, some()));
            case 9 ->
                group.listeners.computeIfPresent(
                        port, (one, old) -> fresh(edition -> Thing.listener(one, edition, one)));
            case 10 -> addListener(group, port);
            case 11 -> {
                group.listeners.remove(port);
                group.routes.remove(port);
            }
            case 12 -> {
                String secret = pick(SECRETS);
                if (secrets.remove(secret) == null || random.nextBoolean()) {
                    secrets.put(secret, fresh(edition -> secret(secret, edition)));
                }
            }
            default -> {
                if (random.nextInt(3) > 0) {
                    group.unused.removeIf(letter -> !letter.equals(service));
                    group.unused.add(service);
                } else {
                    regroup(group);
                }
            }
        }
    }

    /** Two groups change places, or one loses its nodes. */
    private void regroup(Proxies group) {
        Proxies other = pick(List.copyOf(groups.values()));
        String nodes = group.nodes;
        group.nodes = other == group ? "" : other.nodes;
        if (other != group) {
            other.nodes = nodes;
        }
    }

    private void addService(String letter) {
        services.computeIfAbsent(letter, one -> service(one, 1));
    }

    private Service service(String letter, int variant) {
        return new Service(fresh(edition -> cluster(letter, edition, variant)), variant, freshHosts(letter, variant));
    }

    private int freshHosts(String letter, int variant) {
        return fresh(edition -> hosts(letter, variant, edition));
    }

    private void addListener(Proxies group, String port) {
        group.listeners.computeIfAbsent(port, one -> fresh(edition -> Thing.listener(one, edition, one)));
        group.routes.computeIfAbsent(port, one -> route(one, some()));
    }

    private Route route(String port, Set<String> clusters) {
        String[] all = clusters.toArray(String[]::new);
        return new Route(fresh(edition -> Thing.route(port, edition, all)), clusters);
    }

    private Set<String> some() {
        Set<String> some = new TreeSet<>();
        do {
            some.add(pick(List.copyOf(services.keySet())));
        } while (random.nextInt(3) == 0);
        return some;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Routes leave the services that go, in the same change. */
    private void repair() {
        for (Proxies group : groups.values()) {
            group.routes.replaceAll(
                    (port, old) -> services.keySet().containsAll(old.clusters) ? old : route(port, some()));
        }
    }

    private int fresh(IntFunction<Thing> made) {
        int edition = log.nextEdition();
        while (!suits.test(made.apply(edition))) {
            edition = log.nextEdition();
        }
        return edition;
    }

    private static Thing cluster(String letter, int edition, int variant) {
        return Thing.cluster(letter, edition)
                .withRefs(List.of(new ResourceName(Types.ASSIGNMENT, letter + "~" + variant)));
    }

    private static Thing hosts(String letter, int variant, int edition) {
        ClusterLoadAssignment.Builder message =
                ClusterLoadAssignment.newBuilder().setClusterName(letter + "~" + variant);
        message.getPolicyBuilder().getOverprovisioningFactorBuilder().setValue(100 + edition);
        return Thing.of(Types.ASSIGNMENT, letter + "~" + variant, message.build(), false);
    }

    private static Thing secret(String letter, int edition) {
        return Thing.of(Types.SECRET, letter, StringValue.of("edition-" + edition), false);
    }

    private MeshShape shape() {
        MeshShape shape = new MeshShape();
        services.forEach((letter, one) -> {
            shape.put("", cluster(letter, one.edition, one.variant));
            Thing hosts = hosts(letter, one.variant, one.hosts);
            shape.hosts.put(hosts.name().name(), hosts);
        });
        secrets.forEach((letter, edition) -> shape.put("", secret(letter, edition)));
        groups.forEach((group, one) -> {
            one.listeners.forEach((port, edition) -> shape.put(group, Thing.listener(port, edition, port)));
            one.routes.forEach((port, route) ->
                    shape.put(group, Thing.route(port, route.edition, route.clusters.toArray(String[]::new))));
            Set<String> clusters = new TreeSet<>(one.unused);
            one.routes.values().forEach(route -> clusters.addAll(route.clusters));
            clusters.retainAll(services.keySet());
            shape.lists.put(
                    group,
                    Map.of(
                            Types.CLUSTER, MeshShape.entries(clusters, "", true),
                            Types.SECRET, MeshShape.entries(secrets.keySet(), "", false),
                            Types.LISTENER, MeshShape.entries(one.listeners.keySet(), group, true),
                            Types.ROUTE, MeshShape.entries(one.routes.keySet(), group, false)));
            shape.selected.put(group, one.nodes);
        });
        return shape;
    }
}
