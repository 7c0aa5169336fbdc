package io.tailrace.translator.lane;

import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.topic.Topic;

/**
 * Where a record lies in the log.
 *
 * @param topic an input of a lane
 * @param appendedMs when it was appended, in milliseconds since 1970
 */
public record Place(Topic topic, int partition, long offset, long appendedMs) {
    /** The same in the words of the log. Throws {@link IllegalStateException} for {@code policies}, no input of users. */
    public Position position() {
        return position(topic, partition, offset);
    }

    public static Position position(Topic topic, int partition, long offset) {
        return Position.newBuilder()
                .setInput(input(topic))
                .setPartition(partition)
                .setOffset(offset)
                .build();
    }

    private static Position.Input input(Topic topic) {
        if (topic == Topic.CONFIG) {
            return Position.Input.CONFIG;
        } else if (topic == Topic.SECRETS) {
            return Position.Input.SECRETS;
        } else if (topic == Topic.ENDPOINTS) {
            return Position.Input.ENDPOINTS;
        }
        throw new IllegalStateException("no positions are told of " + topic);
    }
}
