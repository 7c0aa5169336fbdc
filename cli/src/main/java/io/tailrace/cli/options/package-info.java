/** Options that several commands share, and how commands end. */
@NullMarked
package io.tailrace.cli.options;

import org.jspecify.annotations.NullMarked;
