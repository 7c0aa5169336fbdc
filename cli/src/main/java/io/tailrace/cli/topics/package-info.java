/** {@code tailrace topics}. */
@NullMarked
package io.tailrace.cli.topics;

import org.jspecify.annotations.NullMarked;
