package io.tailrace.schemas.kind;

import java.util.List;

/** The key of an endpoint: {@code mesh/Endpoint/namespace/service/source/instance}. */
public record EndpointKey(String mesh, String namespace, String service, String source, String instance)
        implements ObjectKey {
    public EndpointKey {
        if (mesh.isEmpty() || namespace.isEmpty() || service.isEmpty() || source.isEmpty() || instance.isEmpty()) {
            throw new IllegalArgumentException(
                    "an empty segment in " + KeyText.join(mesh, namespace, service, source, instance));
        }
    }

    @Override
    public Kind kind() {
        return Kind.ENDPOINT;
    }

    @Override
    public String name() {
        return instance;
    }

    /** The service that it belongs to, by which endpoints are partitioned. */
    public ServiceKey serviceKey() {
        return new ServiceKey(mesh, namespace, service);
    }

    @Override
    public String text() {
        return KeyText.join(mesh, Kind.ENDPOINT.id(), namespace, service, source, instance);
    }

    @Override
    public int compareTo(ObjectKey other) {
        return other instanceof EndpointKey endpoint
                ? KeyText.compare(segments(), endpoint.segments())
                : ObjectKey.super.compareTo(other);
    }

    /** Without the kind, which is the same in all. */
    private List<String> segments() {
        return List.of(mesh, namespace, service, source, instance);
    }

    @Override
    public String toString() {
        return text();
    }
}
