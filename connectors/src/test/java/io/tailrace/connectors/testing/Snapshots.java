package io.tailrace.connectors.testing;

import io.tailrace.connectors.core.diff.Snapshot;
import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.check.Normalization;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.v1.Metadata;
import io.tailrace.schemas.v1.Service;
import io.tailrace.schemas.v1.ServicePort;
import io.tailrace.schemas.v1.ServiceSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What sources want, for tests. */
public final class Snapshots {
    private Snapshots() {}

    public static SourceObject service(String name, int port) {
        Service service = Service.newBuilder()
                .setMetadata(Metadata.newBuilder().setName(name))
                .setSpec(ServiceSpec.newBuilder()
                        .addPorts(ServicePort.newBuilder().setName("http").setPort(port)))
                .build();
        Service normal = Normalization.normalize(service);
        return SourceObject.of(ObjectKey.of(normal), normal);
    }

    public static Snapshot snapshot(SourceObject... objects) {
        return new Snapshot(objects(objects), Set.of(), Optional.empty(), 0);
    }

    public static Map<ObjectKey, SourceObject> objects(SourceObject... objects) {
        Map<ObjectKey, SourceObject> byKey = new HashMap<>();
        Arrays.stream(objects).forEach(object -> byKey.put(object.key(), object));
        return byKey;
    }
}
