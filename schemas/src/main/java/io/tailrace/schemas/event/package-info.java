/** Change events, and how they lie in Kafka records: CloudEvents headers, values in Protobuf or JSON. */
@NullMarked
package io.tailrace.schemas.event;

import org.jspecify.annotations.NullMarked;
