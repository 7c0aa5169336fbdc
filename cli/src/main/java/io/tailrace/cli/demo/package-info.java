/** Shows the whole path on one machine: {@code tailrace demo}. */
@NullMarked
package io.tailrace.cli.demo;

import org.jspecify.annotations.NullMarked;
