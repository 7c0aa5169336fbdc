@NullMarked
package io.tailrace.schemas.publish;

import org.jspecify.annotations.NullMarked;
