/** Reading topics whole and in order: from the start, over restarts of the cluster, anew where there is doubt. */
@NullMarked
package io.tailrace.schemas.read;

import org.jspecify.annotations.NullMarked;
