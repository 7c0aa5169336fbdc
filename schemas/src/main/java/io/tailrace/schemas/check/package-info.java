/** What a valid object is: the rules that the comments of the .proto files state, and what Envoy would reject. */
@NullMarked
package io.tailrace.schemas.check;

import org.jspecify.annotations.NullMarked;
