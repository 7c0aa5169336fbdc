package io.tailrace.translator.core.raw;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.tailrace.schemas.check.EnvoyTypes;
import io.tailrace.translator.core.ResourceName;
import io.tailrace.translator.core.ResourceTypes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an Envoy resource of any type refers to, found by walking it: in which message and field a name of another resource
 * stands is a table. What isn't in the table, or can't be parsed, is no ref: for raw resources order is a courtesy.
 */
public final class RawRefs {
    private static final String HCM = "envoy.extensions.filters.network.http_connection_manager.v3.";
    private static final String ROUTE = "envoy.config.route.v3.";
    private static final String TCP = "envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy";

    /** "message.field" to the type of the resource that the field names. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry(HCM + "Rds.route_config_name", ResourceTypes.ROUTE_CONFIGURATION),
            Map.entry(ROUTE + "RouteAction.cluster", ResourceTypes.CLUSTER),
            Map.entry(ROUTE + "WeightedCluster.ClusterWeight.name", ResourceTypes.CLUSTER),
            Map.entry(ROUTE + "RouteAction.RequestMirrorPolicy.cluster", ResourceTypes.CLUSTER),
            Map.entry(ROUTE + "ScopedRouteConfiguration.route_configuration_name", ResourceTypes.ROUTE_CONFIGURATION),
            Map.entry(TCP + ".cluster", ResourceTypes.CLUSTER),
            Map.entry(TCP + ".WeightedCluster.ClusterWeight.name", ResourceTypes.CLUSTER),
            Map.entry("envoy.config.core.v3.GrpcService.EnvoyGrpc.cluster_name", ResourceTypes.CLUSTER),
            Map.entry("envoy.config.core.v3.HttpUri.cluster", ResourceTypes.CLUSTER));

    /** The same, where it names one only if the other field, with a source to fetch it from, is set. */
    private static final Map<String, Discovered> DISCOVERED = Map.of(
            "envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig.name",
            new Discovered(ResourceTypes.SECRET, "sds_config"),
            HCM + "HttpFilter.name",
            new Discovered(ResourceTypes.EXTENSION_CONFIG, "config_discovery"),
            "envoy.config.listener.v3.Filter.name",
            new Discovered(ResourceTypes.EXTENSION_CONFIG, "config_discovery"),
            "envoy.config.listener.v3.ListenerFilter.name",
            new Discovered(ResourceTypes.EXTENSION_CONFIG, "config_discovery"));

    private record Discovered(String typeUrl, String source) {}

    private final SortedSet<ResourceName> found = new TreeSet<>();

    private RawRefs() {}

    public static SortedSet<ResourceName> of(Any resource) {
        RawRefs refs = new RawRefs();
        refs.walk(resource);
        return refs.found;
    }

    /** The message in an Any; empty if its type isn't known or its bytes aren't one. */
    static Optional<Message> unpack(Any any) {
        return EnvoyTypes.ofTypeUrl(any.getTypeUrl()).flatMap(prototype -> {
            try {
                return Optional.of(prototype.getParserForType().parseFrom(any.getValue()));
            } catch (InvalidProtocolBufferException e) {
                return Optional.empty();
            }
        });
    }

    private void walk(Message message) {
        if (message instanceof Any any) {
            unpack(any).ifPresent(this::walk);
            return;
        }
        if (message instanceof Cluster cluster) {
            note(cluster);
        }
        message.getAllFields().forEach((field, value) -> {
            note(message, field, value);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                List<?> values = value instanceof List<?> list ? list : List.of(value);
                values.forEach(nested -> walk((Message) nested));
            }
        });
    }

    private void note(Message message, FieldDescriptor field, Object value) {
        String typeUrl = NAMES.get(field.getFullName());
        Discovered discovered = DISCOVERED.get(field.getFullName());
        if (typeUrl != null) {
            found.add(new ResourceName(typeUrl, (String) value));
        } else if (discovered != null
                && message.hasField(message.getDescriptorForType().findFieldByName(discovered.source))) {
            found.add(new ResourceName(discovered.typeUrl, (String) value));
        }
    }

    private void note(Cluster cluster) {
        if (cluster.getType() == Cluster.DiscoveryType.EDS) {
            String service = cluster.getEdsClusterConfig().getServiceName();
            found.add(new ResourceName(ResourceTypes.LOAD_ASSIGNMENT, service.isEmpty() ? cluster.getName() : service));
        }
    }
}
