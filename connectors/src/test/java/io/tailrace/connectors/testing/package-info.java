/** What the module's tests with a real broker share. */
@NullMarked
package io.tailrace.connectors.testing;

import org.jspecify.annotations.NullMarked;
