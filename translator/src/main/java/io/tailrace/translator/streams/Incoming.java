package io.tailrace.translator.streams;

import io.tailrace.translator.lane.Place;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A record of an input as it came. */
@SuppressWarnings("ArrayRecordComponent") // Kafka's own bytes, handed on and never compared
public record Incoming(Place place, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {}
