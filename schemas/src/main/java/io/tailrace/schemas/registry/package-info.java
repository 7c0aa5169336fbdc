/** A schema registry with Confluent's API: what stands behind the ids in framed values, and ids for what we write. */
@NullMarked
package io.tailrace.schemas.registry;

import org.jspecify.annotations.NullMarked;
