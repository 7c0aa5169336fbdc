package io.tailrace.schemas.check;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The messages that xDS serves as resources by a name: what an EnvoyResource may hold. */
public enum EnvoyResourceType {
    LISTENER(Listener.getDefaultInstance(), "name"),
    ROUTE_CONFIGURATION(RouteConfiguration.getDefaultInstance(), "name"),
    SCOPED_ROUTE_CONFIGURATION(ScopedRouteConfiguration.getDefaultInstance(), "name"),
    VIRTUAL_HOST(VirtualHost.getDefaultInstance(), "name"),
    CLUSTER(Cluster.getDefaultInstance(), "name"),
    CLUSTER_LOAD_ASSIGNMENT(ClusterLoadAssignment.getDefaultInstance(), "cluster_name"),
    SECRET(Secret.getDefaultInstance(), "name"),
    TYPED_EXTENSION_CONFIG(TypedExtensionConfig.getDefaultInstance(), "name"),
    RUNTIME(Runtime.getDefaultInstance(), "name");

    private final Message prototype;
    private final String nameField;

    EnvoyResourceType(Message prototype, String nameField) {
        this.prototype = prototype;
        this.nameField = nameField;
    }

    /** "envoy.config.cluster.v3.Cluster". */
    public String fullName() {
        return prototype.getDescriptorForType().getFullName();
    }

    /** "type.googleapis.com/envoy.config.cluster.v3.Cluster": what Envoy compares as a whole. */
    public String typeUrl() {
        return "type.googleapis.com/" + fullName();
    }

    public Message prototype() {
        return prototype;
    }

    /** The field that the resource is asked for by, as JSON has it. */
    public String nameField() {
        return prototype.getDescriptorForType().findFieldByName(nameField).getJsonName();
    }

    public String name(Message resource) {
        return (String) resource.getField(resource.getDescriptorForType().findFieldByName(nameField));
    }

    /** The name of a packed resource. Throws {@link IllegalArgumentException} if it is not of this type. */
    public String name(Any resource) {
        try {
            return name(prototype.getParserForType().parseFrom(resource.getValue()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no " + fullName(), e);
        }
    }

    public static Optional<EnvoyResourceType> ofTypeUrl(String typeUrl) {
        return Arrays.stream(values())
                .filter(type -> type.typeUrl().equals(typeUrl))
                .findFirst();
    }

    static List<String> typeUrls() {
        return Arrays.stream(values()).map(EnvoyResourceType::typeUrl).toList();
    }
}
