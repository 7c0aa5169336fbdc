/** The lanes as Kafka Streams applications: thin wiring around what {@code config} and {@code endpoints} decide. */
@NullMarked
package io.tailrace.translator.streams;

import org.jspecify.annotations.NullMarked;
