/** What both lanes are made of: what arrives, what a lane decides of it, and what it writes. No Kafka in here. */
@NullMarked
package io.tailrace.translator.lane;

import org.jspecify.annotations.NullMarked;
