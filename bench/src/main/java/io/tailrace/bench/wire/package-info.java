/** The little of gRPC and xDS that a floor and a fake client need. */
@NullMarked
package io.tailrace.bench.wire;

import org.jspecify.annotations.NullMarked;
