/** What a gateway has read of the log: immutable values, advanced by one thread. */
@NullMarked
package io.tailrace.gateway.view;

import org.jspecify.annotations.NullMarked;
