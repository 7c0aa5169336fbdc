/** The Kafka broker that runs in this JVM, for one machine. */
@NullMarked
package io.tailrace.cli.broker;

import org.jspecify.annotations.NullMarked;
