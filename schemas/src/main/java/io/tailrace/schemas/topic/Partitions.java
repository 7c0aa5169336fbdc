package io.tailrace.schemas.topic;

import io.tailrace.schemas.kind.ConfigKey;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.kind.KeyText;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.kind.ServiceKey;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a record, by what its key says of mesh or service alone: murmur2 of the UTF-8 text, its sign bit
 * cleared, modulo the count. Kafka's own partitioners hash the whole key, which would scatter a mesh over all partitions.
 */
public final class Partitions {
    private Partitions() {}

    /** The partition of all of a mesh's records on topics by mesh. */
    public static int byMesh(String mesh, int count) {
        return of(KeyText.join(mesh), count);
    }

    /** The partition of all of a service's records on topics by service. */
    public static int byService(ServiceKey service, int count) {
        return of(service.text(), count);
    }

    /** The partition of an object's record on its input topic. */
    public static int of(ObjectKey key, int count) {
        if (key instanceof EndpointKey endpoint) {
            return byService(endpoint.serviceKey(), count);
        }
        return byMesh(((ConfigKey) key).mesh(), count);
    }

    private static int of(String text, int count) {
        return Utils.toPositive(Utils.murmur2(text.getBytes(StandardCharsets.UTF_8))) % count;
    }
}
