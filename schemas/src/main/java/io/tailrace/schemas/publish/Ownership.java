package io.tailrace.schemas.publish;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a fenced writer from one whose transaction took too long, which Kafka answers alike. Each writer leaves a mark of
 * its own, in its first transaction, as the committed offset of a consumer group that nobody else uses; a later writer of
 * the name replaces it. So who finds another's mark has been fenced.
 */
interface Ownership extends AutoCloseable {
    /** Leaves the mark, in a transaction of its own. Throws what a producer throws. */
    void take(Producer<byte[], byte[]> producer);

    /** Another has taken the name. Where Kafka can't say, it has not: the next transaction asks again. */
    boolean isLost();

    @Override
    void close();

    /** For names that no other writer can have. */
    static Ownership undisputed() {
        return new Ownership() {
            @Override
            public void take(Producer<byte[], byte[]> producer) {}

            @Override
            public boolean isLost() {
                return false;
            }

            @Override
            public void close() {}
        };
    }

    /**
     * For names that a later process may take.
     *
     * @param group named by the writer
     * @param anchor a partition that exists; Kafka takes offsets of no other
     */
    static Ownership marked(Map<String, Object> kafka, String group, TopicPartition anchor) {
        return new Marked(kafka, group, anchor);
    }

    final class Marked implements Ownership {
        private final Map<String, Object> kafka;
        private final Admin admin;
        private final String group;
        private final TopicPartition anchor;
        private final String mark = UUID.randomUUID().toString();
        private boolean taken;

        private Marked(Map<String, Object> kafka, String group, TopicPartition anchor) {
            this.kafka = kafka;
            this.admin = Admin.create(kafka);
            this.group = group;
            this.anchor = anchor;
        }

        @Override
        public void take(Producer<byte[], byte[]> producer) {
            if (taken) {
                return; // a later transaction of the same writer
            }
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(anchor, new OffsetAndMetadata(0, mark)), nameOfGroup());
            producer.commitTransaction();
            taken = true;
        }

        /** Only a consumer makes one; it never joins the group. */
        private ConsumerGroupMetadata nameOfGroup() {
            Map<String, Object> settings = new HashMap<>(kafka);
            settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
            try (Consumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                return consumer.groupMetadata();
            }
        }

        @Override
        public boolean isLost() {
            try {
                @Nullable
                OffsetAndMetadata found = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .get(anchor);
                return found != null && !found.metadata().equals(mark);
            } catch (ExecutionException e) {
                return false;
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }

        @Override
        public void close() {
            admin.close();
        }
    }
}
