/** What every server serves and every client ends with: the same bytes. */
@NullMarked
package io.tailrace.bench.workload;

import org.jspecify.annotations.NullMarked;
