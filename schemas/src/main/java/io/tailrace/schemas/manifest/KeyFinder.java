package io.tailrace.schemas.manifest;

import io.tailrace.schemas.check.Normalization;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.Kind;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.Node.Entry;
import io.tailrace.schemas.manifest.Node.MapNode;
import io.tailrace.schemas.manifest.Node.ScalarNode;
import io.tailrace.schemas.manifest.Node.ScalarType;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.schemas.v1.EndpointSpec;
import io.tailrace.schemas.v1.Metadata;
import java.util.Optional;

/** Which object a document means that can't be read whole, so that what is in force for it can stay. */
final class KeyFinder {
    private KeyFinder() {}

    static Optional<ObjectKey> find(MapNode document, Kind kind, String source) {
        Metadata metadata = Metadata.newBuilder()
                .setMesh(string(document, "metadata", "mesh"))
                .setNamespace(string(document, "metadata", "namespace"))
                .setName(string(document, "metadata", "name"))
                .build();
        try {
            if (kind != Kind.ENDPOINT) {
                return Optional.of(
                        ObjectKey.of(Normalization.normalize(Kind.withMetadata(kind.prototype(), metadata))));
            }
            String said = string(document, "spec", "source");
            EndpointSpec spec = EndpointSpec.newBuilder()
                    .setService(string(document, "spec", "service"))
                    .setSource(said.isEmpty() ? source : said)
                    .setInstance(string(document, "spec", "instance"))
                    .build();
            return Optional.of(ObjectKey.of(Normalization.normalize(
                    Endpoint.newBuilder().setMetadata(metadata).setSpec(spec).build())));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }

    private static String string(MapNode document, String parent, String field) {
        Entry outer = DocumentReader.entry(document, parent);
        if (outer != null && outer.value() instanceof MapNode map) {
            Entry inner = DocumentReader.entry(map, field);
            if (inner != null && inner.value() instanceof ScalarNode scalar && scalar.type() == ScalarType.STRING) {
                return scalar.text();
            }
        }
        return "";
    }
}
