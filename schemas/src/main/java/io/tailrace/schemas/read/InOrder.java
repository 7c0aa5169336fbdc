package io.tailrace.schemas.read;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Puts records of several partitions in the order in which they were appended, those of one moment in the order of the
 * partitions. It keeps only what something still to come may precede: whoever feeds it lets partitions pause that are
 * ahead. One thread.
 */
final class InOrder {
    private static final int ENOUGH = 1_000;

    private final LinkedHashMap<TopicPartition, Ahead> partitions = new LinkedHashMap<>();

    /** In the order that counts where times are equal. */
    InOrder(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> this.partitions.put(partition, new Ahead()));
    }

    void add(ConsumerRecord<byte[], byte[]> record) {
        ahead(new TopicPartition(record.topic(), record.partition())).add(record);
    }

    /** Hands on what nothing precedes any more; of the {@code ended} partitions nothing comes. */
    void drain(Predicate<TopicPartition> ended, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        Ahead first = first(ended);
        while (first != null) {
            sink.accept(first.take());
            first = first(ended);
        }
    }

    /** Partitions of which enough is kept for now. */
    Set<TopicPartition> full() {
        return partitions.entrySet().stream()
                .filter(each -> each.getValue().records.size() >= ENOUGH)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Null: there is nothing, or something earlier may come. */
    private @Nullable Ahead first(Predicate<TopicPartition> ended) {
        Ahead first = null;
        for (Map.Entry<TopicPartition, Ahead> each : partitions.entrySet()) {
            Ahead ahead = each.getValue();
            if (ahead.records.isEmpty()) {
                if (!ended.test(each.getKey())) {
                    return null;
                }
            } else if (first == null || ahead.timeMs() < first.timeMs()) {
                first = ahead;
            }
        }
        return first;
    }

    private Ahead ahead(TopicPartition partition) {
        Ahead ahead = partitions.get(partition);
        if (ahead == null) {
            throw new IllegalArgumentException("a record of " + partition + ", which isn't read");
        }
        return ahead;
    }

    /** What is kept of one partition. */
    private static final class Ahead {
        private final Deque<ConsumerRecord<byte[], byte[]>> records = new ArrayDeque<>();
        private long takenMs = Long.MIN_VALUE;

        void add(ConsumerRecord<byte[], byte[]> record) {
            records.add(record);
        }

        /** A broker's clock may have been set back, but what lies behind came later. */
        long timeMs() {
            return Math.max(takenMs, records.element().timestamp());
        }

        ConsumerRecord<byte[], byte[]> take() {
            takenMs = timeMs();
            return records.remove();
        }
    }
}
