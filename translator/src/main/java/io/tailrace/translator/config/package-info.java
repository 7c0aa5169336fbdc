/** The config lane's decisions: what an event of config or secrets changes in the output. No Kafka in here. */
@NullMarked
package io.tailrace.translator.config;

import org.jspecify.annotations.NullMarked;
