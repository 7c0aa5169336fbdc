/** The whole path with real parts: a folder of files, a real broker, real gateways, a real Envoy that carries traffic. */
@NullMarked
package io.tailrace.cli.e2e;

import org.jspecify.annotations.NullMarked;
