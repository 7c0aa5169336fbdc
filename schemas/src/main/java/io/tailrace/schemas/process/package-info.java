/** What every process says of itself. */
@NullMarked
package io.tailrace.schemas.process;

import org.jspecify.annotations.NullMarked;
