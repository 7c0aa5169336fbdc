/** The whole of Tailrace as its user runs it, what is published to it, and what it has made of that. */
@NullMarked
package io.tailrace.bench.pipeline;

import org.jspecify.annotations.NullMarked;
