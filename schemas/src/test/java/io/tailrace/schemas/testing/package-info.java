/** Real parts that the tests of every module use; they come as the module's test jar. */
@NullMarked
package io.tailrace.schemas.testing;

import org.jspecify.annotations.NullMarked;
