package io.tailrace.schemas.publish;

import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.topic.Topic;

/** Where an object's change lies. The offset of one on {@code config} is its revision. */
public record Published(ObjectKey key, Topic topic, int partition, long offset) {}
