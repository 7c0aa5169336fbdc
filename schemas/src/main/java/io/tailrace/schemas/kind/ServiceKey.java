package io.tailrace.schemas.kind;

import java.util.List;

/** What names a service where the two lanes meet: the key of {@code policies}, {@code mesh/namespace/service}. */
public record ServiceKey(String mesh, String namespace, String service) implements Comparable<ServiceKey> {
    public ServiceKey {
        if (mesh.isEmpty() || namespace.isEmpty() || service.isEmpty()) {
            throw new IllegalArgumentException("an empty segment in " + KeyText.join(mesh, namespace, service));
        }
    }

    public String text() {
        return KeyText.join(mesh, namespace, service);
    }

    private List<String> segments() {
        return List.of(mesh, namespace, service);
    }

    /** Reads what {@link #text} gives. Throws {@link InvalidKeyException} for anything else. */
    public static ServiceKey parse(String text) {
        List<String> segments = KeyText.split(text);
        if (segments.size() != 3 || segments.contains("")) {
            throw new InvalidKeyException(Problem.of("key", "\"" + text + "\"", "mesh/namespace/service"));
        }
        return new ServiceKey(segments.get(0), segments.get(1), segments.get(2));
    }

    /** In the order of their texts. */
    @Override
    public int compareTo(ServiceKey other) {
        return KeyText.compare(segments(), other.segments());
    }

    @Override
    public String toString() {
        return text();
    }
}
