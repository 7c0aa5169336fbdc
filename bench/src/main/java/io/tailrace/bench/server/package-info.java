/** The servers that are measured, a process of its own for each. */
@NullMarked
package io.tailrace.bench.server;

import org.jspecify.annotations.NullMarked;
