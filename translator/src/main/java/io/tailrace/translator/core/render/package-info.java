/** Envoy's resources as text for people. */
@NullMarked
package io.tailrace.translator.core.render;

import org.jspecify.annotations.NullMarked;
