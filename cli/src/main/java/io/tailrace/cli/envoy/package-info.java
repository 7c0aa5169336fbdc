/** What Envoy itself needs: its bootstrap, its binary, and a process that runs it. */
@NullMarked
package io.tailrace.cli.envoy;

import org.jspecify.annotations.NullMarked;
