package io.tailrace.translator.streams;

import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Topics that are empty at the start, with as many partitions as a test wants. */
final class FakeLog implements LogAccess {
    private final LogFacts facts;

    FakeLog(Topics topics, int partitions) {
        Map<String, String> ids = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        for (Topic topic : Topic.values()) {
            ids.put(topics.name(topic), "id of " + topic.id());
            counts.put(topics.name(topic), partitions);
        }
        facts = new LogFacts(ids, counts);
    }

    @Override
    public LogFacts facts() {
        return facts;
    }

    @Override
    public LogFacts refresh() {
        return facts;
    }

    @Override
    public Map<TopicPartition, Long> readToEnd(
            Collection<TopicPartition> partitions, Consumer<ConsumerRecord<byte[], byte[]>> record) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        partitions.forEach(partition -> positions.put(partition, 0L));
        return positions;
    }
}
