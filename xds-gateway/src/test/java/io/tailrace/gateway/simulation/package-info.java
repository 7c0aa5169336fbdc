/** A fleet in one thread and a time of its own: a log, gateways that lag, and nodes that move between them. */
@NullMarked
package io.tailrace.gateway.simulation;

import org.jspecify.annotations.NullMarked;
