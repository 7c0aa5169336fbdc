package io.tailrace.schemas.kind;

import com.google.protobuf.Message;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.Metadata;
import java.util.List;

/** What names an object: the key of its record on {@code config}, {@code secrets} or {@code endpoints}. */
public sealed interface ObjectKey extends Comparable<ObjectKey> permits ConfigKey, EndpointKey {
    String mesh();

    Kind kind();

    String namespace();

    /** The object's name to people; of an endpoint, its instance. */
    String name();

    /** The record's key: percent-encoded segments joined by '/'. */
    String text();

    /** In the order of their texts, so that sorting by key is the same everywhere. */
    @Override
    default int compareTo(ObjectKey other) {
        return text().compareTo(other.text());
    }

    /** Reads what {@link #text} gives. Throws {@link InvalidKeyException} for anything else. */
    static ObjectKey parse(String text) {
        List<String> segments = KeyText.split(text);
        Kind kind = segments.size() > 1
                ? Kind.of(segments.get(1))
                        .orElseThrow(() -> invalid(text, "a kind, like HTTPRoute, as the second segment"))
                : null;
        if (kind == null) {
            throw invalid(text, "mesh/Kind/namespace/name");
        }
        if (segments.contains("")) {
            throw invalid(text, "segments that are not empty");
        }
        if (kind == Kind.ENDPOINT) {
            if (segments.size() != 6) {
                throw invalid(text, "mesh/Endpoint/namespace/service/source/instance");
            }
            return new EndpointKey(segments.get(0), segments.get(2), segments.get(3), segments.get(4), segments.get(5));
        }
        if (segments.size() != 4) {
            throw invalid(text, "mesh/" + kind.id() + "/namespace/name");
        }
        return new ConfigKey(segments.get(0), kind, segments.get(2), segments.get(3));
    }

    /** The key of a normalized object. Throws {@link InvalidKeyException} if a field that it is made of is empty. */
    static ObjectKey of(Message object) {
        Kind kind = Kind.of(object);
        Metadata metadata = Kind.metadata(object);
        required(kind, metadata, "metadata.mesh", metadata.getMesh());
        required(kind, metadata, "metadata.namespace", metadata.getNamespace());
        if (object instanceof Endpoint endpoint) {
            required(kind, metadata, "spec.service", endpoint.getSpec().getService());
            required(kind, metadata, "spec.source", endpoint.getSpec().getSource());
            required(kind, metadata, "spec.instance", endpoint.getSpec().getInstance());
            return new EndpointKey(
                    metadata.getMesh(),
                    metadata.getNamespace(),
                    endpoint.getSpec().getService(),
                    endpoint.getSpec().getSource(),
                    endpoint.getSpec().getInstance());
        }
        required(kind, metadata, "metadata.name", metadata.getName());
        return new ConfigKey(metadata.getMesh(), kind, metadata.getNamespace(), metadata.getName());
    }

    private static void required(Kind kind, Metadata metadata, String field, String value) {
        if (value.isEmpty()) {
            throw new InvalidKeyException(Problem.of(field, "nothing", "a value: the object's key is made of it")
                    .in(kind.id(), metadata.getNamespace(), metadata.getName()));
        }
    }

    private static InvalidKeyException invalid(String text, String expected) {
        return new InvalidKeyException(Problem.of("key", "\"" + text + "\"", expected));
    }
}
