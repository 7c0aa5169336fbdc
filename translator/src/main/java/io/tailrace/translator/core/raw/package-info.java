/** EnvoyResources: their names, what they refer to, and which one counts. */
@NullMarked
package io.tailrace.translator.core.raw;

import org.jspecify.annotations.NullMarked;
