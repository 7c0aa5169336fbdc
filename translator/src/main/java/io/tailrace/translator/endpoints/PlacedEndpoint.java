package io.tailrace.translator.endpoints;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.bytes.Deterministic;
import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.log.v1.Cause;
import io.tailrace.schemas.log.v1.PortPolicy;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.StoredObject;
import io.tailrace.schemas.v1.Endpoint;
import io.tailrace.translator.core.clusters.LoadAssignments;

/** An endpoint, and the event that brought it: a cause of each assignment that the endpoint is in. */
record PlacedEndpoint(Endpoint endpoint, Cause cause) {
    static PlacedEndpoint of(EndpointKey key, Endpoint endpoint, Position position) {
        return new PlacedEndpoint(
                endpoint,
                Cause.newBuilder().setKey(key.text()).setPosition(position).build());
    }

    static PlacedEndpoint parse(EndpointKey key, byte[] stored) {
        try {
            StoredObject object = StoredObject.parseFrom(stored);
            return of(key, Endpoint.parseFrom(object.getValue()), object.getPosition());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the store of endpoints holds what was never written", e);
        }
    }

    Position position() {
        return cause.getPosition();
    }

    byte[] stored() {
        return StoredObject.newBuilder()
                .setValue(Deterministic.serialize(endpoint))
                .setPosition(position())
                .build()
                .toByteArray();
    }

    boolean serves(PortPolicy port) {
        return LoadAssignments.serves(endpoint, port);
    }
}
