/** The inbox connector: takes change events from anyone, and forwards what is good, exactly once. */
@NullMarked
package io.tailrace.connectors.inbox;

import org.jspecify.annotations.NullMarked;
