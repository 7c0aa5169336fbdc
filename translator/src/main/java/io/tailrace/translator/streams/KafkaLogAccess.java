package io.tailrace.translator.streams;

import io.tailrace.schemas.read.LogReader;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks a cluster. A thread of its own looks now and then whether a topic was made anew. */
final class KafkaLogAccess implements LogAccess, AutoCloseable {
    private static final long LOOK_EVERY_S = 5;
    private static final long ANSWER_WITHIN_S = 30;

    private final Map<String, Object> kafka;
    private final List<String> topics;
    private final Admin admin;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("translator-topics").factory());
    private volatile LogFacts facts = new LogFacts(Map.of(), Map.of());

    KafkaLogAccess(Map<String, Object> kafka, Collection<String> topics) {
        this.kafka = kafka;
        this.topics = List.copyOf(topics);
        admin = Admin.create(kafka);
        var _ = looking.scheduleWithFixedDelay(this::look, LOOK_EVERY_S, LOOK_EVERY_S, TimeUnit.SECONDS);
    }

    @Override
    public LogFacts facts() {
        return facts;
    }

    @Override
    public LogFacts refresh() {
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(topics).topicNameValues();
        answers.forEach((topic, answer) -> {
            try {
                TopicDescription description = answer.get(ANSWER_WITHIN_S, TimeUnit.SECONDS);
                ids.put(topic, description.topicId().toString());
                partitions.put(topic, description.partitions().size());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw new KafkaException("topic " + topic + " could not be looked at", e.getCause());
                }
            } catch (TimeoutException e) {
                throw new KafkaException("Kafka gives no answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("interrupted", e);
            }
        });
        LogFacts found = new LogFacts(ids, partitions);
        facts = found;
        return found;
    }

    @Override
    public Map<TopicPartition, Long> readToEnd(
            Collection<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> record) {
        return LogReader.readToEnd(kafka, partitions, record);
    }

    @Override
    public void close() {
        looking.shutdownNow();
        admin.close();
    }

    private void look() {
        try {
            refresh();
        } catch (KafkaException e) {
            // The lanes' own clients say it when Kafka can't be reached; what was known stays.
        }
    }
}
