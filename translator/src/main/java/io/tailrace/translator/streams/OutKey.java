package io.tailrace.translator.streams;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.jspecify.annotations.Nullable;

/**
 * A key with the partition that its record belongs to. Kafka's own partitioners hash the whole key, and a marker's key
 * says nothing of its partition.
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record OutKey(int partition, byte @Nullable [] bytes) {
    static OutKey of(int partition, String key) {
        return new OutKey(partition, key.getBytes(StandardCharsets.UTF_8));
    }

    static Serializer<OutKey> serializer() {
        return (topic, key) -> key.bytes();
    }

    static StreamPartitioner<OutKey, byte[]> partitioner() {
        return (topic, key, value, partitions) -> Optional.of(Set.of(key.partition()));
    }
}
