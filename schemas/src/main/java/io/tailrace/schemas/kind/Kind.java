package io.tailrace.schemas.kind;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EnvoyResource;
import io.tailrace.schemas.v1.Gateway;
import io.tailrace.schemas.v1.HTTPRoute;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.ProxyGroup;
import io.tailrace.schemas.v1.Secret;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.TCPRoute;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of objects that users write: what links a name in a file, a header or a key with a Protobuf message. */
public enum Kind {
    PROXY_GROUP("ProxyGroup", ProxyGroup.getDefaultInstance()),
    GATEWAY("Gateway", Gateway.getDefaultInstance()),
    HTTP_ROUTE("HTTPRoute", HTTPRoute.getDefaultInstance()),
    TCP_ROUTE("TCPRoute", TCPRoute.getDefaultInstance()),
    SERVICE("Service", Service.getDefaultInstance()),
    ENDPOINT("Endpoint", Endpoint.getDefaultInstance()),
    ENVOY_RESOURCE("EnvoyResource", EnvoyResource.getDefaultInstance()),
    SECRET("Secret", Secret.getDefaultInstance());

    private static final Map<String, Kind> BY_ID =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Kind::id, Function.identity()));
    private static final Map<String, Kind> BY_MESSAGE = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(
                    kind -> kind.prototype.getDescriptorForType().getFullName(), Function.identity()));

    private final String id;
    private final Message prototype;

    Kind(String id, Message prototype) {
        this.id = id;
        this.prototype = prototype;
    }

    /** As in a manifest's {@code kind}, in keys, and in {@code ce_type}: "HTTPRoute". */
    public String id() {
        return id;
    }

    /** The default instance of the kind's message. */
    public Message prototype() {
        return prototype;
    }

    public Message parse(ByteString bytes) throws InvalidProtocolBufferException {
        return prototype.getParserForType().parseFrom(bytes);
    }

    public static Optional<Kind> of(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** Throws {@link IllegalArgumentException} if the message is none of the kinds'. */
    public static Kind of(Message object) {
        String message = object.getDescriptorForType().getFullName();
        Kind kind = BY_MESSAGE.get(message);
        if (kind == null) {
            throw new IllegalArgumentException(message + " is not an object's message");
        }
        return kind;
    }

    /** The metadata that an object of any kind has. */
    public static Metadata metadata(Message object) {
        return (Metadata) object.getField(metadataField(object));
    }

    /** The object with other metadata. */
    public static Message withMetadata(Message object, Metadata metadata) {
        return object.toBuilder().setField(metadataField(object), metadata).build();
    }

    private static FieldDescriptor metadataField(Message object) {
        return of(object).prototype.getDescriptorForType().findFieldByName("metadata");
    }
}
