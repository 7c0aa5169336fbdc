/** The table of topics: names, partitions, settings, keys; how they are made, and what a cluster has that differs. */
@NullMarked
package io.tailrace.schemas.topic;

import org.jspecify.annotations.NullMarked;
