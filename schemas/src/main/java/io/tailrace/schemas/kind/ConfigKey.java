package io.tailrace.schemas.kind;

/** The key of a configuration object, secrets included: {@code mesh/Kind/namespace/name}. */
public record ConfigKey(String mesh, Kind kind, String namespace, String name) implements ObjectKey {
    public ConfigKey {
        if (kind == Kind.ENDPOINT) {
            throw new IllegalArgumentException("an endpoint's key is an EndpointKey");
        }
        if (mesh.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException("an empty segment in " + KeyText.join(mesh, namespace, name));
        }
    }

    @Override
    public String text() {
        return KeyText.join(mesh, kind.id(), namespace, name);
    }

    @Override
    public String toString() {
        return text();
    }
}
