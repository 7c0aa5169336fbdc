package io.tailrace.cli.past;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Where a moment ends each partition: by an offset where the moment names one, else by the time. One reading uses it. */
final class Cut {
    private final Map<TopicPartition, Long> last;
    private final long lastMs;
    private final Set<TopicPartition> ended = new HashSet<>();

    /** The newest offset of some partitions, and the time of the newest record of the others, in ms since 1970. */
    Cut(Map<TopicPartition, Long> last, long lastMs) {
        this.last = Map.copyOf(last);
        this.lastMs = lastMs;
    }

    /** Of the records of a partition in their order: what lies behind one that is too late is too late. */
    boolean takes(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        Long named = last.get(partition);
        if (named != null) {
            return record.offset() <= named;
        }
        if (record.timestamp() > lastMs) {
            ended.add(partition); // a broker's clock may have been set back since
        }
        return !ended.contains(partition);
    }

    /** When the moment was, in milliseconds since 1970; {@link Long#MAX_VALUE}: it is now. */
    long timeMs() {
        return lastMs;
    }
}
