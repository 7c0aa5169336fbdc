/** The commands that run until they are told to stop. */
@NullMarked
package io.tailrace.cli.process;

import org.jspecify.annotations.NullMarked;
