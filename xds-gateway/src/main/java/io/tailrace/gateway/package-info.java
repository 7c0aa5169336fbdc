/**
 * Streams the translated resources to Envoys. It keeps no state of its own: all that it knows it reads from the log.
 */
@NullMarked
package io.tailrace.gateway;

import org.jspecify.annotations.NullMarked;
