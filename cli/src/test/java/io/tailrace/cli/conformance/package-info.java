/** What a public conformance harness needs to be pointed at Tailrace. */
@NullMarked
package io.tailrace.cli.conformance;

import org.jspecify.annotations.NullMarked;
