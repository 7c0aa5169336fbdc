@NullMarked
package io.tailrace.schemas.read;

import org.jspecify.annotations.NullMarked;
