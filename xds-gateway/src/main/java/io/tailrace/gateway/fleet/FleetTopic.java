package io.tailrace.gateway.fleet;

import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic `fleet`, as a gateway writes and sweeps it. */
final class FleetTopic implements AutoCloseable {
    private final Map<String, Object> kafka;
    private final String topic;
    private final Producer<byte[], byte[]> producer;

    FleetTopic(String clientId, Map<String, Object> kafka, Topics topics) {
        this.kafka = kafka;
        this.topic = topics.name(Topic.FLEET);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.maxOutputBytes());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        // Reports age: what doesn't reach Kafka soon is said anew, in its newest form.
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10_000);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** `done` is called on Kafka's thread, or here if Kafka takes nothing now; with the failure, or null. */
    void send(FleetLedger.Write write, BiConsumer<FleetLedger.Write, @Nullable Exception> done) {
        FleetRecord value = write.value();
        byte[] key = write.key().getBytes(StandardCharsets.UTF_8);
        try {
            var _ = producer.send(
                    new ProducerRecord<>(topic, key, value == null ? null : value.toByteArray()),
                    (_, failure) -> done.accept(write, named(failure)));
        } catch (KafkaException e) {
            done.accept(write, named(e));
        }
    }

    // So Kafka tells an idempotent producer that may write to no topic at all.
    private @Nullable Exception named(@Nullable Exception failure) {
        return failure instanceof ClusterAuthorizationException
                        || (failure != null && failure.getCause() instanceof ClusterAuthorizationException)
                ? new TopicAuthorizationException(Set.of(topic))
                : failure;
    }

    /** Reads all of it; throws what {@link LogReader#readTopicsToEnd} does. */
    void sweep(FleetSweep sweep) {
        LogReader.readTopicsToEnd(
                kafka,
                List.of(topic),
                record -> {
                    if (record.key() != null) {
                        sweep.record(
                                new String(record.key(), StandardCharsets.UTF_8), record.value(), record.timestamp());
                    }
                },
                _ -> {});
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }
}
