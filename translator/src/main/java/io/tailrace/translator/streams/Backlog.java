package io.tailrace.translator.streams;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * What a stream thread's consumer has handed out and no task has taken yet. Kafka Streams doesn't tell its processors,
 * and they need it to do in one go what came together, and to ask for a commit when there is nothing left: a commit at
 * short intervals alone takes in one record of each task, however many wait. Belongs to its thread.
 */
final class Backlog {
    // A thread has one consumer, and Kafka Streams makes the interceptor by its class.
    private static final ThreadLocal<Backlog> OF_THREAD = ThreadLocal.withInitial(Backlog::new);

    private final Map<TopicPartition, Long> newest = new HashMap<>();
    private boolean hasWritten;

    static Backlog ofThisThread() {
        return OF_THREAD.get();
    }

    void taken(TopicPartition partition, long offset) {
        newest.computeIfPresent(partition, (_, last) -> last <= offset ? null : last);
    }

    /** The partition is no longer this thread's. */
    void dropped(TopicPartition partition) {
        newest.remove(partition);
    }

    boolean has(TopicPartition partition) {
        return newest.containsKey(partition);
    }

    /** Something was written that readers should see soon. */
    void written() {
        hasWritten = true;
    }

    /** Whether all is taken and something was written since this was last true. */
    boolean isDone() {
        boolean done = hasWritten && newest.isEmpty();
        hasWritten &= !done;
        return done;
    }

    /** Watches a stream thread's consumer. */
    public static final class Watch implements ConsumerInterceptor<byte[], byte[]> {
        @Override
        public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
            Backlog backlog = ofThisThread();
            for (TopicPartition partition : records.partitions()) {
                backlog.newest.put(
                        partition, records.records(partition).getLast().offset());
            }
            return records;
        }

        @Override
        public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

        @Override
        public void close() {}

        @Override
        public void configure(Map<String, ?> settings) {}
    }
}
