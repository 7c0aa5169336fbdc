package io.tailrace.cli.conformance;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment.Policy.DropOverload;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.ScopedRouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.runtime.v3.Runtime;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.check.EnvoyResourceType;
import java.util.List;

/**
 * The harness says that a resource has another version, not what is other in it. Here a version follows from content, so its
 * label becomes a part of that: in each type a field that changes no meaning of a resource that has only a name.
 */
final class Labels {
    private static final String HEADER = "x-version-";

    private Labels() {}

    /** The resource with the label in it; as it is if the label is empty. Throws if it isn't of the type. */
    static Any labelled(EnvoyResourceType type, Any resource, String label) throws InvalidProtocolBufferException {
        return label.isEmpty() ? resource : Deterministic.pack(labelled(type, resource.getValue(), label));
    }

    /** The label of a packed resource; empty: it has none, or isn't what xDS serves. */
    static String of(Any resource) {
        return EnvoyResourceType.ofTypeUrl(resource.getTypeUrl())
                .map(type -> {
                    try {
                        return of(type, resource.getValue());
                    } catch (InvalidProtocolBufferException e) {
                        return "";
                    }
                })
                .orElse("");
    }

    private static String of(EnvoyResourceType type, ByteString bytes) throws InvalidProtocolBufferException {
        return switch (type) {
            case LISTENER -> Listener.parseFrom(bytes).getStatPrefix();
            case ROUTE_CONFIGURATION ->
                ofHeader(RouteConfiguration.parseFrom(bytes).getInternalOnlyHeadersList());
            case SCOPED_ROUTE_CONFIGURATION ->
                ScopedRouteConfiguration.parseFrom(bytes).getRouteConfigurationName();
            case VIRTUAL_HOST -> ofHeader(VirtualHost.parseFrom(bytes).getRequestHeadersToRemoveList());
            case CLUSTER -> Cluster.parseFrom(bytes).getAltStatName();
            case CLUSTER_LOAD_ASSIGNMENT ->
                ClusterLoadAssignment.parseFrom(bytes).getPolicy().getDropOverloadsList().stream()
                        .findFirst()
                        .map(DropOverload::getCategory)
                        .orElse("");
            case SECRET ->
                Secret.parseFrom(bytes).getGenericSecret().getSecret().getInlineString();
            case TYPED_EXTENSION_CONFIG -> {
                Any config = TypedExtensionConfig.parseFrom(bytes).getTypedConfig();
                yield config.is(StringValue.class)
                        ? config.unpack(StringValue.class).getValue()
                        : "";
            }
            case RUNTIME ->
                Runtime.parseFrom(bytes)
                        .getLayer()
                        .getFieldsOrDefault("version", Value.getDefaultInstance())
                        .getStringValue();
        };
    }

    private static String ofHeader(List<String> headers) {
        return headers.stream()
                .filter(header -> header.startsWith(HEADER))
                .findFirst()
                .map(header -> header.substring(HEADER.length()))
                .orElse("");
    }

    private static Message labelled(EnvoyResourceType type, ByteString bytes, String label)
            throws InvalidProtocolBufferException {
        String header = HEADER + label;
        return switch (type) {
            case LISTENER ->
                Listener.parseFrom(bytes).toBuilder().setStatPrefix(label).build();
            case ROUTE_CONFIGURATION ->
                RouteConfiguration.parseFrom(bytes).toBuilder()
                        .clearInternalOnlyHeaders()
                        .addInternalOnlyHeaders(header)
                        .build();
            case SCOPED_ROUTE_CONFIGURATION ->
                ScopedRouteConfiguration.parseFrom(bytes).toBuilder()
                        .setRouteConfigurationName(label)
                        .build();
            case VIRTUAL_HOST ->
                VirtualHost.parseFrom(bytes).toBuilder()
                        .clearRequestHeadersToRemove()
                        .addRequestHeadersToRemove(header)
                        .build();
            case CLUSTER ->
                Cluster.parseFrom(bytes).toBuilder().setAltStatName(label).build();
            case CLUSTER_LOAD_ASSIGNMENT -> {
                ClusterLoadAssignment.Builder assignment = ClusterLoadAssignment.parseFrom(bytes).toBuilder();
                assignment
                        .getPolicyBuilder()
                        .clearDropOverloads()
                        .addDropOverloads(DropOverload.newBuilder().setCategory(label));
                yield assignment.build();
            }
            case SECRET -> {
                Secret.Builder secret = Secret.parseFrom(bytes).toBuilder();
                secret.getGenericSecretBuilder().getSecretBuilder().setInlineString(label);
                yield secret.build();
            }
            case TYPED_EXTENSION_CONFIG ->
                TypedExtensionConfig.parseFrom(bytes).toBuilder()
                        .setTypedConfig(Deterministic.pack(StringValue.of(label)))
                        .build();
            case RUNTIME -> {
                Runtime.Builder runtime = Runtime.parseFrom(bytes).toBuilder();
                runtime.getLayerBuilder()
                        .putFields(
                                "version",
                                Value.newBuilder().setStringValue(label).build());
                yield runtime.build();
            }
        };
    }
}
