package io.tailrace.gateway.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.tailrace.gateway.view.Body;
import io.tailrace.gateway.view.ResourceName;
import io.tailrace.gateway.view.Types;
import io.tailrace.schemas.bytes.Deterministic;
import java.util.List;
import java.util.stream.Stream;

/**
 * A resource of a test's view. Those of the vocabulary are real Envoy messages that differ in nothing but their name and
 * `edition`, and refer to others by name as translated ones do.
 */
public record Thing(ResourceName name, Message message, List<ResourceName> refs, boolean wildcard, long ttlMs) {
    private Thing(ResourceName name, Message message, List<ResourceName> refs, boolean wildcard) {
        this(name, message, refs, wildcard, 0);
    }

    /** A cluster whose load assignment is named like it, with "~1" behind. */
    public static Thing cluster(String name, int edition) {
        Message message = Cluster.newBuilder()
                .setName(name)
                .setAltStatName("edition-" + edition)
                .build();
        return new Thing(
                named(Types.CLUSTER, name), message, List.of(named(Types.ASSIGNMENT, assignmentOf(name))), true);
    }

    public static String assignmentOf(String cluster) {
        return cluster + "~1";
    }

    /** The load assignment of a cluster. */
    public static Thing assignment(String cluster, int edition) {
        ClusterLoadAssignment.Builder message =
                ClusterLoadAssignment.newBuilder().setClusterName(assignmentOf(cluster));
        message.getPolicyBuilder().getOverprovisioningFactorBuilder().setValue(100 + edition);
        return new Thing(named(Types.ASSIGNMENT, assignmentOf(cluster)), message.build(), List.of(), false);
    }

    public static Thing listener(String name, int edition, String... routes) {
        Message message = Listener.newBuilder()
                .setName(name)
                .setStatPrefix("edition-" + edition)
                .build();
        return new Thing(named(Types.LISTENER, name), message, refs(Types.ROUTE, routes), true);
    }

    public static Thing route(String name, int edition, String... clusters) {
        Message message = RouteConfiguration.newBuilder()
                .setName(name)
                .addInternalOnlyHeaders("edition-" + edition)
                .build();
        return new Thing(named(Types.ROUTE, name), message, refs(Types.CLUSTER, clusters), false);
    }

    /** Of any other type, listed and asked for by name. */
    public static Thing of(String typeUrl, String name, Message message, boolean wildcard) {
        return new Thing(named(typeUrl, name), message, List.of(), wildcard);
    }

    public Thing withRefs(List<ResourceName> others) {
        return new Thing(name, message, others, wildcard, ttlMs);
    }

    public Thing withTtl(long ms) {
        return new Thing(name, message, refs, wildcard, ms);
    }

    private static List<ResourceName> refs(String typeUrl, String... names) {
        return Stream.of(names).map(name -> named(typeUrl, name)).toList();
    }

    static ResourceName named(String typeUrl, String name) {
        return new ResourceName(typeUrl, name);
    }

    static String hash(ByteString bytes, long ttlMs) {
        return Deterministic.hash16(ttlMs == 0 ? bytes : bytes.concat(ByteString.copyFromUtf8(" for " + ttlMs)));
    }

    /** As it stands in a view, with a version of that revision. */
    public Body body(long revision) {
        ByteString bytes = ByteString.copyFrom(message.toByteArray());
        String version = "c" + revision + "-" + hash(bytes, ttlMs);
        return Body.of(name, version, bytes, refs, false).withTtl(ttlMs);
    }
}
