package io.tailrace.translator.endpoints;

import io.tailrace.schemas.kind.EndpointKey;
import io.tailrace.schemas.log.v1.Cause;
import io.tailrace.translator.lane.Arrival;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What made the lane translate a service.
 *
 * @param timeMs when the event was appended; 0: no event, a rebuild
 * @param endpointOffset of the endpoint's event, if it is one
 * @param deletion of an endpoint, without which the bytes would differ
 */
record Occasion(long timeMs, OptionalLong endpointOffset, Optional<Cause> deletion) {
    static final Occasion REBUILD = new Occasion(0, OptionalLong.empty(), Optional.empty());

    static Occasion policy(Arrival.Policy policy) {
        return new Occasion(policy.place().appendedMs(), OptionalLong.empty(), Optional.empty());
    }

    static Occasion endpoint(Arrival.Event event, EndpointKey key) {
        Optional<Cause> deletion = event.object() != null
                ? Optional.empty()
                : Optional.of(Cause.newBuilder()
                        .setKey(key.text())
                        .setPosition(event.place().position())
                        .setDeletion(true)
                        .build());
        return new Occasion(
                event.place().appendedMs(), OptionalLong.of(event.place().offset()), deletion);
    }
}
