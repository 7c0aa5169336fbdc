package io.tailrace.schemas.event;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A change event as a record's parts. The key is the object's; a null value deletes. */
@SuppressWarnings("ArrayRecordComponent") // Kafka's records are arrays; nobody compares these
public record EncodedEvent(byte[] key, byte @Nullable [] value, Headers headers) {}
