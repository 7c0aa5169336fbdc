/** Ports and hosts that Envoys listen on: which Gateway's listener has which, and the Envoy listeners made of them. */
@NullMarked
package io.tailrace.translator.core.listeners;

import org.jspecify.annotations.NullMarked;
