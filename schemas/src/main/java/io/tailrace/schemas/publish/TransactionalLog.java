package io.tailrace.schemas.publish;

import io.tailrace.schemas.topic.Denial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in transactions: all of one call or none. Below the {@link Publisher}, and for programs that forward
 * what they consume, whose offsets go into the same transaction. It holds no promise about what the records are.
 *
 * <p>For one thread at a time. After a {@link PublishFailedException} it may be used again: it then begins afresh.
 */
public final class TransactionalLog implements AutoCloseable {
    /** The broker aborts what takes longer, so that a hung writer doesn't block readers. */
    static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(3);

    private final Map<String, Object> settings;
    private final String name;
    private final Ownership ownership;
    private @Nullable Producer<byte[], byte[]> producer;
    private @Nullable FencedException fenced;

    TransactionalLog(Map<String, Object> kafka, String name, Ownership ownership) {
        this.settings = settings(kafka, name);
        this.name = name;
        this.ownership = ownership;
    }

    /**
     * A writer whose name no other has; where it forwards what a consumer group gives it, the group fences it.
     *
     * @param name the transactional id; put the topics' prefix in front of it
     */
    public static TransactionalLog ofOwnName(Map<String, Object> kafka, String name) {
        return new TransactionalLog(kafka, name, Ownership.undisputed());
    }

    /**
     * Writes these records, in their order, in one transaction, and returns where each lies. Throws
     * {@link FencedException} and {@link PublishFailedException}.
     */
    public List<RecordMetadata> commit(List<ProducerRecord<byte[], byte[]>> records) {
        return commit(records, Map.of(), null);
    }

    /** Like {@link #commit(List)}, with the offsets of what was consumed for them: both or none. */
    public List<RecordMetadata> commit(
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> consumed,
            @Nullable ConsumerGroupMetadata group) {
        return orFail(() -> transaction(opened(), records, consumed, group));
    }

    /**
     * Connects now, rather than with the first transaction: ends what an earlier writer of this name had open, and fences
     * it. So what is in the log after this call is all that there is of it. Throws what {@link #commit(List)} throws.
     */
    public void open() {
        Producer<byte[], byte[]> unused = orFail(this::opened);
    }

    private <T> T orFail(Supplier<T> action) {
        if (fenced != null) {
            throw new FencedException(name, fenced);
        }
        try {
            return action.get();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            throw lost(e);
        } catch (InterruptException e) {
            discard();
            throw e;
        } catch (KafkaException e) {
            discard();
            String reason =
                    Denial.text(e, "Write", name).orElseGet(() -> "Kafka refused a transaction: " + e.getMessage());
            throw new PublishFailedException(reason, List.of(), e);
        }
    }

    private Producer<byte[], byte[]> opened() {
        if (producer == null) {
            Producer<byte[], byte[]> opening =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
            producer = opening;
            opening.initTransactions();
            ownership.take(opening);
        }
        return producer;
    }

    private static List<RecordMetadata> transaction(
            Producer<byte[], byte[]> producer,
            List<ProducerRecord<byte[], byte[]>> records,
            Map<TopicPartition, OffsetAndMetadata> consumed,
            @Nullable ConsumerGroupMetadata group) {
        producer.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        if (group != null) {
            producer.sendOffsetsToTransaction(consumed, group);
        }
        producer.commitTransaction();
        List<RecordMetadata> written = new ArrayList<>(sent.size());
        for (Future<RecordMetadata> future : sent) {
            written.add(get(future));
        }
        return written;
    }

    /** The coordinator has taken the transaction away: for another writer of this name, or because it took too long. */
    private RuntimeException lost(KafkaException cause) {
        discard();
        if (ownership.isLost()) {
            FencedException end = new FencedException(name, cause);
            fenced = end;
            return end;
        }
        return new PublishFailedException(
                "a transaction took longer than " + TRANSACTION_TIMEOUT.toSeconds() + " s and was aborted",
                List.of(),
                cause);
    }

    /** Aborts what is open, if Kafka answers at once; else the next writer of this name does, or Kafka by its timeout. */
    private void discard() {
        Producer<byte[], byte[]> old = producer;
        producer = null;
        if (old == null) {
            return;
        }
        try {
            old.abortTransaction();
        } catch (RuntimeException e) {
            // Nothing was open, or it can't be aborted from here.
        } finally {
            old.close(Duration.ZERO);
        }
    }

    private static RecordMetadata get(Future<RecordMetadata> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
            producer = null;
        }
        ownership.close();
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, String name) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, name);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION_TIMEOUT.toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 9 << 20);
        // Waiting longer than the transaction lives is in vain.
        settings.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 3_000);
        settings.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        // A transaction that follows another at once is told to try again until the markers of the one before are
        // written.
        settings.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 10);
        settings.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        settings.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return settings;
    }
}
