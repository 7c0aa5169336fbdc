/** What was found, as numbers beside what was wanted. */
@NullMarked
package io.tailrace.bench.figure;

import org.jspecify.annotations.NullMarked;
