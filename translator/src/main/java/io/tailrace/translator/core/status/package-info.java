/** What is said to those who wrote an object, and how the words of several groups become one. */
@NullMarked
package io.tailrace.translator.core.status;

import org.jspecify.annotations.NullMarked;
