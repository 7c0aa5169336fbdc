@NullMarked
package io.tailrace.schemas.topic;

import org.jspecify.annotations.NullMarked;
