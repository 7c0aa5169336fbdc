package io.tailrace.schemas.read;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A reading that ends at the end: behind all that was acknowledged to its writers before it began. A commit is
 * acknowledged a moment before it can be read, so it goes by the high watermarks and waits for what is still open below
 * them. Kafka being silent in its middle is an error, not a wait.
 */
final class OneReading {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long LONGEST_SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private OneReading() {}

    static Map<TopicPartition, Long> toEnd(
            Admin admin,
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> records,
            Consumer<ReadProgress> progress) {
        return read(admin, kafka, partitions, reading -> reading.poll(POLL).forEach(records), progress);
    }

    /** The records of all partitions as they were appended; those that are ahead of others wait, in Kafka. */
    static Map<TopicPartition, Long> inOrder(
            Admin admin,
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> records,
            Consumer<ReadProgress> progress) {
        InOrder order = new InOrder(partitions);
        return read(
                admin,
                kafka,
                partitions,
                reading -> {
                    reading.pauseOnly(order.full());
                    reading.poll(POLL).forEach(order::add);
                    order.drain(reading::isAtEnd, records);
                },
                progress);
    }

    private static Map<TopicPartition, Long> read(
            Admin admin,
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<Reading> step,
            Consumer<ReadProgress> progress) {
        try (Reading reading = Reading.fromStart(
                Clients.briefConsumer("read-to-end", kafka), partitions, all -> highWatermarks(admin, all))) {
            Map<TopicPartition, Long> before = reading.positions();
            long moved = System.nanoTime();
            while (!reading.atEnd()) {
                step.accept(reading);
                progress.accept(reading.progress());
                if (!reading.positions().equals(before)) {
                    before = reading.positions();
                    moved = System.nanoTime();
                } else if (System.nanoTime() - moved > LONGEST_SILENCE_NANOS) {
                    throw new KafkaUnreachableException(
                            "Kafka has given nothing for 30 s, at " + before, new TimeoutException());
                }
            }
            progress.accept(reading.progress());
            return reading.positions();
        }
    }

    private static Map<TopicPartition, Long> highWatermarks(Admin admin, Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        partitions.forEach(partition -> query.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            admin.listOffsets(query, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                    .all()
                    .get()
                    .forEach((partition, info) -> ends.put(partition, info.offset()));
            return ends;
        } catch (ExecutionException e) {
            throw Layout.unreachable(e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
