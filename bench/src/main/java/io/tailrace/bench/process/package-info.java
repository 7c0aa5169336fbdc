/** The processes that take part in a measurement: how they are started, asked and ended. */
@NullMarked
package io.tailrace.bench.process;

import org.jspecify.annotations.NullMarked;
