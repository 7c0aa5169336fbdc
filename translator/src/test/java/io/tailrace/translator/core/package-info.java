@NullMarked
package io.tailrace.translator.core;

import org.jspecify.annotations.NullMarked;
