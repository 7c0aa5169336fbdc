/**
 * What a source knows, what the log holds of it, and the difference. Pure: no Kafka, logger, metric, clock, thread or I/O.
 */
@NullMarked
package io.tailrace.connectors.core.diff;

import org.jspecify.annotations.NullMarked;
