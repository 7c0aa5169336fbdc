package io.tailrace.schemas.read;

import io.tailrace.schemas.process.Health;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics whole, from their start, and goes on as they grow: what gateways and others that keep the log's state in
 * memory are built on. It reads what is committed, every partition, with no consumer group. Where it doubts that what it
 * read is what is there (a topic made anew, offsets that are gone, too long without Kafka), it reads anew into a fresh
 * {@link LogFold}. A topic that doesn't exist or a Kafka that doesn't answer it waits for, however long.
 */
public final class LogReader implements Health, AutoCloseable {
    private final ReaderStatus status;
    private final EndOffsets endOffsets;
    private final Admin admin;
    private final ReaderLoop loop;
    private final Thread thread;

    /**
     * @param fresh makes the fold of each reading, of all partitions that there are; called on the reader's thread
     */
    public LogReader(ReaderConfig config, Function<Set<TopicPartition>, ? extends LogFold> fresh) {
        status = new ReaderStatus(config.name(), config.clock());
        admin = Clients.admin(config.name(), config.kafka());
        endOffsets = new EndOffsets(admin, config.ends(), config.clock());
        loop = new ReaderLoop(config, admin, fresh, status, endOffsets);
        thread = new Thread(loop, config.name());
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * For each partition the next offset to read: all before it was handed to the newest fold that has caught up, and its
     * {@link LogFold#batchDone} has returned. Empty before the first has.
     */
    public Map<TopicPartition, Long> positions() {
        return loop.positions();
    }

    /**
     * Completes when the reading has passed the end offsets that Kafka gives after this call, with these: then all that any
     * reader could have seen before was handed over, or, by {@link ReaderConfig#ends}, all that was acknowledged to its writer. While Kafka gives no answer or a fresh reading is under way it stays
     * open. It may complete on the reader's thread or on that of a Kafka
     * client, so what hangs on it must be short. Never fails.
     */
    public CompletableFuture<Map<TopicPartition, Long>> passEndOffsets() {
        return endOffsets.pass();
    }

    /** Why what was handed over may be old; empty: it is not known to be. */
    public Optional<Outage> outage() {
        return status.outage();
    }

    /** The newest moment of which it is known that all that was in the topics then was handed over; empty: none yet. */
    public Optional<Instant> wholeAsOf() {
        return Optional.ofNullable(endOffsets.passedAsOf());
    }

    @Override
    public Optional<String> notLive() {
        return status.notLive();
    }

    /** Present until the first reading has caught up; what comes later is an {@link #outage}, since state is there. */
    @Override
    public Optional<String> notReady() {
        return status.notReady();
    }

    /** Ends the reading, within some seconds; no method of a fold is called after it has returned. */
    @Override
    public void close() {
        loop.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        admin.close(Duration.ofSeconds(1));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads all that was committed to these topics before this call, once, on the caller's thread, and returns for each
     * partition the offset behind it. Waits for transactions that are open. Throws {@link MissingTopicException} and {@link KafkaUnreachableException}.
     */
    public static Map<TopicPartition, Long> readTopicsToEnd(
            Map<String, Object> kafka,
            Collection<String> topics,
            Consumer<ConsumerRecord<byte[], byte[]>> record,
            Consumer<ReadProgress> progress) {
        try (Admin admin = Clients.admin("read-to-end", kafka)) {
            Layout layout = Layout.ask(admin, topics).layout();
            return OneReading.toEnd(admin, kafka, layout.partitions(), record, progress);
        }
    }

    /** Like {@link #readTopicsToEnd}, for some partitions, which must exist. */
    public static Map<TopicPartition, Long> readToEnd(
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> record) {
        return readToEnd(kafka, partitions, record, progress -> {});
    }

    /** As {@link #readToEnd(Map, Collection, Consumer)}, and tells how far it has come. */
    public static Map<TopicPartition, Long> readToEnd(
            Map<String, Object> kafka,
            Collection<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> record,
            Consumer<ReadProgress> progress) {
        try (Admin admin = Clients.admin("read-to-end", kafka)) {
            return OneReading.toEnd(admin, kafka, partitions, record, progress);
        }
    }

    /**
     * As {@link #readToEnd(Map, Collection, Consumer, Consumer)}, the records of all partitions in the order in which they
     * were appended, those of one moment in the order of {@code partitions}. However long the log is, it keeps some
     * thousand records of each partition.
     */
    public static Map<TopicPartition, Long> readInOrder(
            Map<String, Object> kafka,
            List<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> record,
            Consumer<ReadProgress> progress) {
        try (Admin admin = Clients.admin("read-to-end", kafka)) {
            return OneReading.inOrder(admin, kafka, partitions, record, progress);
        }
    }
}
