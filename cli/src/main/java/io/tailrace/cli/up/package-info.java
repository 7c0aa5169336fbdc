/** Everything in one process: {@code tailrace up}. */
@NullMarked
package io.tailrace.cli.up;

import org.jspecify.annotations.NullMarked;
