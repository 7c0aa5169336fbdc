/**
 * The past, as a pure function of the log's events: what was in force at a moment, what a group had then, how two moments
 * differ, and which events made a resource what it is. No Kafka in here.
 */
@NullMarked
package io.tailrace.translator.past;

import org.jspecify.annotations.NullMarked;
