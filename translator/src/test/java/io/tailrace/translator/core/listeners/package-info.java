@NullMarked
package io.tailrace.translator.core.listeners;

import org.jspecify.annotations.NullMarked;
