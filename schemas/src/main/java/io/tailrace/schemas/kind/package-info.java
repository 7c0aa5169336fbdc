/** What an object of the model is, by what key it lies on the log, and how to say what is wrong with it. */
@NullMarked
package io.tailrace.schemas.kind;

import org.jspecify.annotations.NullMarked;
