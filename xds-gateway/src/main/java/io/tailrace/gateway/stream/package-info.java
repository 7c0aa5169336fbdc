/**
 * The xDS protocol as a pure state machine: a request, a change of the view or a moment in, replies and facts out. XDS.md's
 * rules are kept here; comments name them by number.
 */
@NullMarked
package io.tailrace.gateway.stream;

import org.jspecify.annotations.NullMarked;
