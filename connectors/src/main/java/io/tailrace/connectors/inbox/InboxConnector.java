package io.tailrace.connectors.inbox;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.connectors.core.Backoff;
import io.tailrace.schemas.process.Health;
import io.tailrace.schemas.publish.PublishFailedException;
import io.tailrace.schemas.registry.RegistryException;
import io.tailrace.schemas.topic.Denial;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import io.tailrace.schemas.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes change events from the inbox, where anyone may write, and forwards the good ones to the input topics and the others to
 * dead-letters, with the offsets read, in one transaction a batch: each exactly once. More instances share the inbox's
 * partitions; the consumer group fences those that lost theirs. No input stops it.
 */
public final class InboxConnector implements Health, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxConnector.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final InboxSettings settings;
    private final InboxMetrics metrics;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
    private volatile boolean joined;
    private volatile Optional<String> failing = Optional.empty();

    // Of the connector's thread: how many records a transaction takes now, and which Kafka wouldn't take.
    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));
    private final Set<RecordPlace> refused = new HashSet<>();
    private int batch;

    public InboxConnector(InboxSettings settings, MeterRegistry registry) {
        this.settings = settings;
        this.metrics = new InboxMetrics(registry);
        this.batch = settings.maxBatch();
        this.thread = Thread.ofPlatform()
                .name("inbox-" + settings.instance())
                .daemon()
                .unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public Optional<String> notLive() {
        return thread.getState() == Thread.State.TERMINATED && closing.getCount() > 0
                ? Optional.of("the inbox's thread has died")
                : Optional.empty();
    }

    @Override
    public Optional<String> notReady() {
        return failing.or(() -> joined ? Optional.empty() : Optional.of("the inbox has not joined its group yet"));
    }

    /** Returns when the transaction under way has ended. */
    @Override
    public void close() {
        closing.countDown();
        KafkaConsumer<byte[], byte[]> consumer = open;
        if (consumer != null) {
            consumer.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = InboxConsumer.create(settings);
                Forwarder forwarder = new Forwarder(settings, metrics)) {
            open = consumer;
            consumer.subscribe(List.of(settings.topics().name(Topic.INBOX)), new Joined());
            while (!isClosed()) {
                session(consumer, forwarder);
            }
        } catch (WakeupException e) {
            // closing
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forwards until something fails; what was under way then has had no effect, or its whole effect. */
    private void session(KafkaConsumer<byte[], byte[]> consumer, Forwarder forwarder) throws InterruptedException {
        try {
            goBackToCommitted(consumer);
            while (!isClosed()) {
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                consumer.poll(POLL).forEach(records::add);
                for (int from = 0; from < records.size() && !isClosed(); ) {
                    int to = Math.min(records.size(), from + batch);
                    forward(forwarder, consumer, records.subList(from, to));
                    from = to;
                }
                look(consumer);
            }
        } catch (WakeupException e) {
            throw e;
        } catch (KafkaException
                | PublishFailedException
                | MissingTopicException
                | KafkaUnreachableException
                | RegistryException e) {
            failed(e);
            closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void forward(
            Forwarder forwarder, KafkaConsumer<byte[], byte[]> consumer, List<ConsumerRecord<byte[], byte[]>> slice) {
        try {
            forwarder.forward(slice, refused, consumer.groupMetadata());
        } catch (RuntimeException e) {
            if (isTooLarge(e) && slice.size() == 1) {
                refused.add(RecordPlace.of(slice.getFirst()));
            }
            // Smaller and smaller ones: a slow broker's transactions time out less, and one bad record stands alone in
            // the end.
            batch = isTooLarge(e) ? 1 : Math.max(1, slice.size() / 2);
            throw e;
        }
        refused.clear();
        batch = Math.min(settings.maxBatch(), batch * 2);
        backoff.reset();
        recovered();
    }

    // A transaction whose end isn't known has ended when this returns: Kafka gives no offset while one is pending.
    private static void goBackToCommitted(KafkaConsumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assignment = consumer.assignment();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(assignment);
        for (TopicPartition partition : assignment) {
            OffsetAndMetadata offset = committed.get(partition);
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset);
            }
        }
    }

    private void look(KafkaConsumer<byte[], byte[]> consumer) {
        long lag = 0;
        boolean known = true;
        for (TopicPartition partition : consumer.assignment()) {
            OptionalLong one = consumer.currentLag(partition);
            lag += one.orElse(0);
            known &= one.isPresent();
        }
        metrics.lag(lag);
        if (known && lag == 0) {
            recovered();
        }
    }

    private void failed(RuntimeException e) {
        metrics.failed();
        // A failed publication says itself what was denied.
        String cause = e instanceof KafkaException
                ? Denial.text(e, "Read").orElseGet(e::toString)
                : String.valueOf(e.getMessage());
        String reason = "the inbox can't forward: " + cause;
        if (!failing.equals(Optional.of(reason))) {
            LOG.atWarn().addKeyValue("reason", cause).log("the inbox can't forward now; it tries again");
        }
        failing = Optional.of(reason);
    }

    private void recovered() {
        if (failing.isPresent()) {
            LOG.atInfo().log("the inbox forwards again");
            failing = Optional.empty();
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    private static boolean isTooLarge(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    private final class Joined implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            joined = true;
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // Nothing is under way between two polls.
        }
    }
}
