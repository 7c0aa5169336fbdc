package io.tailrace.schemas.read;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Partitions read from their start, and where their ends were then. It goes by positions, not by the records seen, since
 * the last offsets of a partition may be control records. Used by one thread.
 */
final class Reading implements AutoCloseable {
    private static final Duration NO_WAIT = Duration.ZERO;
    // The broker forgets by itself what a consumer could not take leave of while an answer was due (500 ms at most).
    private static final CloseOptions SOON = CloseOptions.timeout(Duration.ofMillis(50));

    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> starts;
    private final Map<TopicPartition, Long> ends;
    private final Map<TopicPartition, Long> positions;
    private long records;
    private long bytes;

    private Reading(
            Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
        this.consumer = consumer;
        this.starts = starts;
        this.ends = ends;
        this.positions = new HashMap<>(starts);
    }

    /** To where what is committed ends now. Takes the consumer over, closing it when this fails. */
    static Reading fromStart(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        return fromStart(consumer, partitions, consumer::endOffsets);
    }

    /** To the ends that {@code ends} gives. Takes the consumer over, closing it when this fails. */
    static Reading fromStart(
            Consumer<byte[], byte[]> consumer,
            Collection<TopicPartition> partitions,
            Function<Collection<TopicPartition>, Map<TopicPartition, Long>> ends) {
        try {
            List<TopicPartition> all = List.copyOf(partitions);
            consumer.assign(all);
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(all);
            Map<TopicPartition, Long> last = ends.apply(all);
            starts.forEach(consumer::seek);
            return new Reading(consumer, starts, last);
        } catch (TimeoutException | AuthorizationException | AuthenticationException e) {
            consumer.close();
            throw KafkaUnreachableException.of(e, "Read");
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    ConsumerRecords<byte[], byte[]> poll(Duration longest) {
        ConsumerRecords<byte[], byte[]> polled = poll(consumer, longest);
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records++;
            bytes += Math.max(record.serializedKeySize(), 0) + Math.max(record.serializedValueSize(), 0);
        }
        for (TopicPartition partition : starts.keySet()) {
            try {
                positions.put(partition, consumer.position(partition, NO_WAIT));
            } catch (TimeoutException e) {
                // The position is being checked against a new leader: the one before stands.
            }
        }
        return polled;
    }

    private static ConsumerRecords<byte[], byte[]> poll(Consumer<byte[], byte[]> consumer, Duration longest) {
        try {
            return consumer.poll(longest);
        } catch (AuthorizationException | AuthenticationException e) {
            throw KafkaUnreachableException.of(e, "Read");
        }
    }

    /** The next offset to read of each partition, as of the last poll. */
    Map<TopicPartition, Long> positions() {
        return Map.copyOf(positions);
    }

    /** Polls bring nothing of these, until they are no longer among them. */
    void pauseOnly(Set<TopicPartition> paused) {
        consumer.resume(starts.keySet());
        consumer.pause(paused);
    }

    /** All of this partition that was there at the start was polled. */
    boolean isAtEnd(TopicPartition partition) {
        return positions.getOrDefault(partition, -1L) >= ends.getOrDefault(partition, 0L);
    }

    /** All that was there at the start was polled. */
    boolean atEnd() {
        return passed(ends, positions);
    }

    static boolean passed(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> positions) {
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (positions.getOrDefault(end.getKey(), -1L) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    ReadProgress progress() {
        long all = 0;
        long done = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            long start = starts.getOrDefault(end.getKey(), 0L);
            long size = Math.max(0, end.getValue() - start);
            all += size;
            done += Math.min(size, positions.getOrDefault(end.getKey(), start) - start);
        }
        return new ReadProgress(records, bytes, all == 0 ? 1.0 : (double) done / all);
    }

    @Override
    public void close() {
        consumer.close(SOON);
    }
}
