/**
 * The {@code tailrace} command. It wires the other modules together, so it alone may import all of them.
 */
@NullMarked
package io.tailrace.cli;

import org.jspecify.annotations.NullMarked;
