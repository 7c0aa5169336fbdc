package io.tailrace.schemas.read;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes one reading of topics from their start: every committed record of a partition in the order of its offsets. A
 * reader makes a fresh one for each reading, calls it on its one thread, and never again after it has begun the next: so
 * an old one may be served until the new one has caught up. What it throws ends the reader: broken records are its own to
 * deal with.
 */
public interface LogFold {
    void record(ConsumerRecord<byte[], byte[]> record);

    /** After the records of every poll, also after a poll that gave none; at least every 200 ms while Kafka answers. */
    default void batchDone() {}

    /** Once: everything that was in the topics when the reading began was handed over, and {@link #batchDone} called. */
    void caughtUp();
}
