/** The system as processes of their own, with a broker and real Envoys, and what becomes of it when they fail. */
@NullMarked
package io.tailrace.cli.faults;

import org.jspecify.annotations.NullMarked;
