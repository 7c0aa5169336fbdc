/** The fake clients, a process of their own. */
@NullMarked
package io.tailrace.bench.fleet;

import org.jspecify.annotations.NullMarked;
