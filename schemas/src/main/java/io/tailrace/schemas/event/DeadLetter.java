package io.tailrace.schemas.event;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record for {@code dead-letters}, its size bounded. {@link DeadLetters} makes it. */
@SuppressWarnings("ArrayRecordComponent") // handed to a producer at once, never compared
public record DeadLetter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}
