package io.tailrace.cli.conformance;

import adapter.ResourceRequest;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.check.EnvoyResourceType;
import java.util.Comparator;

/** A resource that the harness names. What it can't name so ends its call with INVALID_ARGUMENT. */
record Resource(EnvoyResourceType type, String name) implements Comparable<Resource> {
    private static final Comparator<Resource> ORDER =
            Comparator.comparing(Resource::type).thenComparing(Resource::name);

    static Resource of(Any resource) {
        EnvoyResourceType type = served(resource.getTypeUrl());
        try {
            return new Resource(type, type.name(resource));
        } catch (IllegalArgumentException e) {
            throw invalid(resource.getTypeUrl() + ": found bytes that are " + e.getMessage());
        }
    }

    static Resource of(ResourceRequest request) {
        return new Resource(served(request.getTypeUrl()), request.getResourceName());
    }

    /** Nothing but its name. */
    Any onlyNamed() {
        Message.Builder body = type.prototype().newBuilderForType();
        body.getDescriptorForType().getFields().stream()
                .filter(field -> field.getJsonName().equals(type.nameField()))
                .forEach(field -> body.setField(field, name));
        return Deterministic.pack(body.build());
    }

    /** The body with the label of its version in it. */
    Any labelled(Any body, String label) {
        try {
            return Labels.labelled(type, body, label);
        } catch (InvalidProtocolBufferException e) {
            throw invalid(this + ": " + e.getMessage());
        }
    }

    private static EnvoyResourceType served(String typeUrl) {
        return EnvoyResourceType.ofTypeUrl(typeUrl)
                .orElseThrow(() -> invalid("found the type \"" + typeUrl + "\", expected one that xDS serves"));
    }

    private static StatusRuntimeException invalid(String why) {
        return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
    }

    @Override
    public int compareTo(Resource other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return type.fullName() + " \"" + name + "\"";
    }
}
