/**
 * Turns the log into Envoy resources: a pure translation, and thin Kafka Streams wiring around it.
 */
@NullMarked
package io.tailrace.translator;

import org.jspecify.annotations.NullMarked;
