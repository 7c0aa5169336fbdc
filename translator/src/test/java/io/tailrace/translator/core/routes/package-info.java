@NullMarked
package io.tailrace.translator.core.routes;

import org.jspecify.annotations.NullMarked;
