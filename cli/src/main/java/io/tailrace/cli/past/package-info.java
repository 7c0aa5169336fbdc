/** What the log can tell of the past: its events, what groups had, how moments differ, why, and the way back. */
@NullMarked
package io.tailrace.cli.past;

import org.jspecify.annotations.NullMarked;
