package io.tailrace.schemas.registry;

import io.tailrace.schemas.event.WireFormat;
import io.tailrace.schemas.event.WrittenSchema;
import io.tailrace.schemas.event.WrittenSchemas;
import io.tailrace.schemas.kind.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry as readers and writers of events use it: what they learned once they don't ask again, since an id's schema
 * never changes. Safe for threads. Its methods throw {@link RegistryException} where the registry must be asked and is away.
 */
public final class SchemaRegistry implements WrittenSchemas {
    private final RegistryClient client;
    private final OwnSchemas own;
    private final Map<Integer, WrittenSchema> byId = new ConcurrentHashMap<>();
    private final Map<String, OwnSchemas.Place> places = new ConcurrentHashMap<>();

    private SchemaRegistry(RegistryConfig config) {
        this.client = new RegistryClient(config);
        this.own = new OwnSchemas(client, config);
    }

    /** The one that the settings name, without asking it anything; empty: none. Throws IllegalArgumentException. */
    public static Optional<SchemaRegistry> of(Map<String, Object> settings) {
        return RegistryConfig.of(settings).map(SchemaRegistry::new);
    }

    @Override
    public Optional<WrittenSchema> schema(int id) {
        WrittenSchema known = byId.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<WrittenSchema> found = client.byId(id).map(SchemaRegistry::read);
        found.ifPresent(schema -> byId.put(id, schema)); // an unknown id may be known tomorrow
        return found;
    }

    /** An object's message in its frame, as it lies on {@code topic}; its schema is registered if that is wanted. */
    public byte[] frame(Kind kind, String topic, byte[] message) {
        String key = topic + "/" + kind.id();
        OwnSchemas.Place place = places.get(key);
        if (place == null) {
            place = own.of(kind, topic);
            places.put(key, place);
        }
        return WireFormat.frame(place.id(), place.indexes(), message);
    }

    private static WrittenSchema read(RegistryClient.Stored stored) {
        return switch (stored.type()) {
            case "PROTOBUF" -> new WrittenSchema.Protobuf(ProtoText.messages(stored.text()));
            case "JSON" -> new WrittenSchema.Json();
            default -> new WrittenSchema.Other(stored.type());
        };
    }
}
