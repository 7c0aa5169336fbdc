/** The gRPC server: streams of the pure state machine on worker threads, bytes in and bytes out. */
@NullMarked
package io.tailrace.gateway.server;

import org.jspecify.annotations.NullMarked;
