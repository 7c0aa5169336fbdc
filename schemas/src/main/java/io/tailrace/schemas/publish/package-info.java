/** Writing to the input topics: validated, in the right partition, whole, and by one writer for each source. */
@NullMarked
package io.tailrace.schemas.publish;

import org.jspecify.annotations.NullMarked;
