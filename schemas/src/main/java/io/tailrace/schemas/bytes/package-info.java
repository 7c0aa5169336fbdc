/** Bytes that are the same on every JVM, hashes of them, and the versions made of positions and hashes. */
@NullMarked
package io.tailrace.schemas.bytes;

import org.jspecify.annotations.NullMarked;
