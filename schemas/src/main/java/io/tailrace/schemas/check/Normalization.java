package io.tailrace.schemas.check;

import com.google.protobuf.Message;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.GatewaySpec;
import io.tailrace.schemas.v1.Metadata;

/**
 * Fills in what an object's key is made of and turns other spellings into ours, so that what is stored has one form.
 * Nothing else is defaulted in stored objects: a default that changes later must not change what users once wrote.
 */
public final class Normalization {
    public static final String DEFAULT_MESH = "default";
    public static final String DEFAULT_NAMESPACE = "default";

    private Normalization() {}

    /** The object with mesh and namespace, an endpoint with instance and name; gatewayClassName becomes groups. */
    public static <M extends Message> M normalize(M object) {
        Message normalized = object;
        if (normalized instanceof Gateway gateway) {
            normalized = gateway(gateway);
        } else if (normalized instanceof Endpoint endpoint) {
            normalized = endpoint(endpoint);
        }
        Metadata metadata = Kind.metadata(normalized);
        if (metadata.getMesh().isEmpty() || metadata.getNamespace().isEmpty()) {
            normalized = Kind.withMetadata(normalized, filled(metadata));
        }
        @SuppressWarnings("unchecked") // each step gives the message that it took
        M result = (M) normalized;
        return result;
    }

    private static Metadata filled(Metadata metadata) {
        return metadata.toBuilder()
                .setMesh(metadata.getMesh().isEmpty() ? DEFAULT_MESH : metadata.getMesh())
                .setNamespace(metadata.getNamespace().isEmpty() ? DEFAULT_NAMESPACE : metadata.getNamespace())
                .build();
    }

    // Both set is left as it is, for Validation to say so.
    private static Gateway gateway(Gateway gateway) {
        GatewaySpec spec = gateway.getSpec();
        if (spec.getGatewayClassName().isEmpty() || spec.getGroupsCount() > 0) {
            return gateway;
        }
        return gateway.toBuilder()
                .setSpec(spec.toBuilder().addGroups(spec.getGatewayClassName()).clearGatewayClassName())
                .build();
    }

    private static Endpoint endpoint(Endpoint endpoint) {
        String name = endpoint.getMetadata().getName();
        String instance = endpoint.getSpec().getInstance();
        if (name.isEmpty() == instance.isEmpty()) {
            return endpoint;
        }
        Endpoint.Builder filled = endpoint.toBuilder();
        if (name.isEmpty()) {
            filled.getMetadataBuilder().setName(instance);
        } else {
            filled.getSpecBuilder().setInstance(name);
        }
        return filled.build();
    }
}
