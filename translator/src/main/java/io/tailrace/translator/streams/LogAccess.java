package io.tailrace.translator.streams;

import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What a lane asks of Kafka beside its stream: whether topics are still the same ones, and what lies in them. */
interface LogAccess {
    /** The newest that is known; looked at from time to time by a thread of its own. */
    LogFacts facts();

    /** Asks Kafka now, and waits for the answer. */
    LogFacts refresh();

    /** Reads partitions from their start to their end offsets; gives the next offset of each. */
    Map<TopicPartition, Long> readToEnd(
            Collection<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> record);
}
