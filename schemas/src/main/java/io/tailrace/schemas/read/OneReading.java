package io.tailrace.schemas.read;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A reading that ends at the end. Kafka being silent in its middle is an error, not a wait. */
final class OneReading {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LONGEST_SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private OneReading() {}

    static Map<TopicPartition, Long> toEnd(
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> records,
            Consumer<ReadProgress> progress) {
        try (Reading reading = Reading.fromStart(Clients.consumer("read-to-end", kafka), partitions)) {
            Map<TopicPartition, Long> before = reading.positions();
            long moved = System.nanoTime();
            while (!reading.atEnd()) {
                reading.poll(POLL).forEach(records);
                progress.accept(reading.progress());
                if (!reading.positions().equals(before)) {
                    before = reading.positions();
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > LONGEST_SILENCE_NANOS) {
                    throw new KafkaUnreachableException(
                            "Kafka has given nothing for 30 s, at " + before,
                            new java.util.concurrent.TimeoutException());
                }
            }
            progress.accept(reading.progress());
            return reading.positions();
        }
    }
}
