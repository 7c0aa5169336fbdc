package io.tailrace.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Holds up what a gateway has fetched of the two output topics, by Kafka's own means. (Also a producer's interceptor, since
 * a gateway's producer is given the same settings.)
 */
public final class PausedReading implements ConsumerInterceptor<byte[], byte[]>, ProducerInterceptor<byte[], byte[]> {
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    /** The settings of a gateway that can be paused. */
    static Map<String, Object> in(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("interceptor.classes", PausedReading.class.getName());
        return settings;
    }

    static void pause() {
        gate = new CountDownLatch(1);
    }

    static void resume() {
        gate.countDown();
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        boolean ofOutputs = records.partitions().stream()
                .anyMatch(partition -> partition.topic().endsWith("resources")
                        || partition.topic().endsWith("assignments"));
        try {
            if (ofOutputs && !gate.await(5, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a test forgot to resume");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return records;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> configs) {}

    @Override
    public void close() {}
}
