/** What tests of streams share, other modules' tests too: views in a few words, clients, and the checker of every stream. */
@NullMarked
package io.tailrace.gateway.testing;

import org.jspecify.annotations.NullMarked;
