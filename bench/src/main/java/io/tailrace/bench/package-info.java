/**
 * Measures the gateway beside its peers, in one run: what a push costs, how long until all have acked, what a stream takes.
 */
@NullMarked
package io.tailrace.bench;

import org.jspecify.annotations.NullMarked;
