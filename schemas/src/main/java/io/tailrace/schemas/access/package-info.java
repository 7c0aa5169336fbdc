/** What each process needs to be allowed on a cluster that allows nothing by itself. */
@NullMarked
package io.tailrace.schemas.access;

import org.jspecify.annotations.NullMarked;
