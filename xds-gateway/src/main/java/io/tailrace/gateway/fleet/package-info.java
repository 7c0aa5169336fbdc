/** What nodes have acked and rejected, counted without threads or I/O, and its way to the topic `fleet`. */
@NullMarked
package io.tailrace.gateway.fleet;

import org.jspecify.annotations.NullMarked;
