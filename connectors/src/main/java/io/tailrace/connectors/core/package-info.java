/** What all connectors share: a source hands over its whole state, and a connector sees to it that the log has just that. */
@NullMarked
package io.tailrace.connectors.core;

import org.jspecify.annotations.NullMarked;
