/** What commands answer, as a table for people or as JSON and YAML for programs. */
@NullMarked
package io.tailrace.cli.output;

import org.jspecify.annotations.NullMarked;
