/** {@code wait} and {@code status}: what the Envoys have acked and rejected, by what gateways report to {@code fleet}. */
@NullMarked
package io.tailrace.cli.fleet;

import org.jspecify.annotations.NullMarked;
