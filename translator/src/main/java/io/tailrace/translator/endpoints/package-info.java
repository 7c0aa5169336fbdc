/** The endpoint lane's decisions: endpoints and policies of services to load assignments. No Kafka in here. */
@NullMarked
package io.tailrace.translator.endpoints;

import org.jspecify.annotations.NullMarked;
