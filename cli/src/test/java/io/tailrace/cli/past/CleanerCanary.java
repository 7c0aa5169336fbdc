package io.tailrace.cli.past;

import static org.awaitility.Awaitility.await;

import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A topic whose records tell when the broker's log cleaner has run. */
final class CleanerCanary {
    static final String TOPIC = "canary";

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final KafkaBroker broker;
    private final AtomicInteger keys = new AtomicInteger();

    /** Makes the topic. */
    CleanerCanary(KafkaBroker broker, Map<String, String> settings) {
        this.broker = broker;
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1).configs(settings)))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        }
    }

    /**
     * Returns when the cleaner has taken away the canary's first record and the tombstone behind it, in two runs: it cleans
     * what is dirtiest first, so it has done the same to all that was written before. {@code meanwhile} goes on: the
     * newest segment is never cleaned.
     */
    void awaitCleaner(Runnable meanwhile) {
        byte[] first = key();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(broker.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            send(producer, first, first);
            send(producer, first, null);
            await("the cleaner has run")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        producer.send(new ProducerRecord<>(TOPIC, key(), first)).get();
                        meanwhile.run();
                        return !kept().contains(text(first));
                    });
        }
    }

    private static void send(Producer<byte[], byte[]> producer, byte[] key, byte @Nullable [] value) {
        var _ = producer.send(new ProducerRecord<>(TOPIC, key, value));
    }

    private byte[] key() {
        return Integer.toString(keys.incrementAndGet()).getBytes(StandardCharsets.UTF_8);
    }

    private List<String> kept() {
        List<String> kept = new ArrayList<>();
        LogReader.readTopicsToEnd(broker.kafka(), List.of(TOPIC), record -> kept.add(text(record.key())), _ -> {});
        return kept;
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
