package io.tailrace.connectors.inbox;

import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.DeadLetter;
import io.tailrace.schemas.kind.Problem;
import io.tailrace.schemas.publish.EventRecords;
import io.tailrace.schemas.publish.TransactionalLog;
import io.tailrace.schemas.registry.SchemaRegistry;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forwards slices of the inbox, each in a transaction with the offsets behind it. Of the connector's thread. */
final class Forwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);

    private final Topics topics;
    private final EventRecords records;
    private final TransactionalLog log;
    private final InboxMetrics metrics;
    private final Optional<SchemaRegistry> registry;

    Forwarder(InboxSettings settings, InboxMetrics metrics) {
        this.topics = settings.topics();
        this.registry = SchemaRegistry.of(settings.kafka());
        this.records = new EventRecords(settings.kafka(), topics, registry);
        this.log = TransactionalLog.ofOwnName(settings.kafka(), settings.clientId());
        this.metrics = metrics;
    }

    /**
     * Forwards a slice: all of it or, when it throws, none, as far as the committed offsets say. A registry that is away is
     * thrown too: what a framed event is can't be known then.
     *
     * @param refused records that Kafka doesn't take as they would be forwarded; they become dead letters
     */
    void forward(List<ConsumerRecord<byte[], byte[]>> slice, Set<RecordPlace> refused, ConsumerGroupMetadata group) {
        List<ProducerRecord<byte[], byte[]>> output = new ArrayList<>(slice.size());
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        int dead = 0;
        String first = "";
        for (ConsumerRecord<byte[], byte[]> record : slice) {
            switch (routed(record, refused)) {
                case Routing.Forwarded(ChangeEvent event) -> output.add(records.of(event));
                case Routing.Dead(DeadLetter letter, List<Problem> reasons) -> {
                    output.add(record(letter));
                    first = dead == 0 ? reasons.getFirst().text() : first;
                    dead++;
                }
            }
            offsets.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), ""));
        }
        log.commit(output, offsets, group);
        metrics.committed(slice.size() - dead, dead);
        if (dead > 0) {
            LOG.atWarn()
                    .addKeyValue("count", dead)
                    .addKeyValue("first", first)
                    .log("events of the inbox became dead letters");
        }
    }

    @Override
    public void close() {
        log.close();
        records.close();
    }

    private Routing.Routed routed(ConsumerRecord<byte[], byte[]> record, Set<RecordPlace> refused) {
        return refused.contains(RecordPlace.of(record))
                ? Routing.dead(
                        record,
                        List.of(Problem.of(
                                "value", record.serializedValueSize() + " bytes", "an event that the topics take")))
                : Routing.route(record, registry);
    }

    private ProducerRecord<byte[], byte[]> record(DeadLetter letter) {
        return new ProducerRecord<>(topics.name(Topic.DEAD_LETTERS), 0, letter.key(), letter.value(), letter.headers());
    }
}
