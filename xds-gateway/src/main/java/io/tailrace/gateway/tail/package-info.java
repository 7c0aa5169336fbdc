/** Tails `resources` and `assignments` into the view: changes whole, with the load assignments that they need. */
@NullMarked
package io.tailrace.gateway.tail;

import org.jspecify.annotations.NullMarked;
