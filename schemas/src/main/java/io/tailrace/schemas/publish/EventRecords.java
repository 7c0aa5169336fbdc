package io.tailrace.schemas.publish;

import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.EncodedEvent;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.registry.SchemaRegistry;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Change events as records for the input topics: encoded, and in the partition that their mesh or service has by the
 * counts that the cluster gives, which are asked for again once in a while. Framed where the settings name a registry.
 */
public final class EventRecords implements AutoCloseable {
    private static final Duration COUNTS_HOLD = Duration.ofSeconds(30);
    private static final List<Topic> INPUTS = List.of(Topic.CONFIG, Topic.ENDPOINTS, Topic.SECRETS);

    private final Admin admin;
    private final Topics topics;
    private final Optional<SchemaRegistry> registry;
    private Map<Topic, Integer> counts = Map.of();
    private long countedAt;

    public EventRecords(Map<String, Object> kafka, Topics topics) {
        this(kafka, topics, SchemaRegistry.of(kafka));
    }

    /** With a registry that others use too; empty: values are plain. */
    public EventRecords(Map<String, Object> kafka, Topics topics, Optional<SchemaRegistry> registry) {
        this.registry = registry;
        this.admin = Admin.create(kafka);
        this.topics = topics;
    }

    /**
     * The record of a valid event. Throws {@link io.tailrace.schemas.topic.MissingTopicException},
     * {@link io.tailrace.schemas.topic.KafkaUnreachableException} and
     * {@link io.tailrace.schemas.registry.RegistryException}.
     */
    public ProducerRecord<byte[], byte[]> of(ChangeEvent event) {
        EncodedEvent encoded = EventCodec.encode(event);
        Topic topic = Topic.of(event.key());
        int partition = Partitions.of(event.key(), counts().getOrDefault(topic, 0));
        String name = topics.name(topic);
        byte[] value = encoded.value();
        if (value != null && registry.isPresent()) {
            value = registry.get().frame(event.key().kind(), name, value);
        }
        return new ProducerRecord<>(name, partition, encoded.key(), value, encoded.headers());
    }

    /** What a record takes on the log, in bytes, rounded up. */
    static int size(ProducerRecord<byte[], byte[]> record) {
        int size = 256 + record.key().length + (record.value() == null ? 0 : record.value().length);
        for (Header header : record.headers()) {
            size += 16 + header.key().length() + header.value().length;
        }
        return size;
    }

    private Map<Topic, Integer> counts() {
        long now = System.nanoTime();
        if (counts.isEmpty() || now - countedAt > COUNTS_HOLD.toNanos()) {
            counts = new TopicAdmin(admin, topics).partitionCounts(INPUTS);
            countedAt = now;
        }
        return counts;
    }

    @Override
    public void close() {
        admin.close();
    }
}
