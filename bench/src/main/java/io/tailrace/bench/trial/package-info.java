/** What is measured otherwise than by the cost of a push: a class for each family of scenarios. */
@NullMarked
package io.tailrace.bench.trial;

import org.jspecify.annotations.NullMarked;
