package io.tailrace.gateway;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.gateway.tail.TopicRecords;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of a test's own, written as translators do: by transactions. */
final class TestLog implements AutoCloseable {
    private static final int BY_MESH = 4;
    private static final int BY_SERVICE = 12;

    final Topics topics;
    private final KafkaBroker broker;
    private final KafkaProducer<byte[], byte[]> producer;

    TestLog(KafkaBroker broker, String prefix) {
        this.broker = broker;
        this.topics = new Topics(prefix + ".");
        try (Admin admin = broker.admin()) {
            new TopicAdmin(admin, topics).create(PartitionCounts.EMBEDDED);
        }
        Map<String, Object> settings = new HashMap<>(broker.kafka());
        settings.put("transactional.id", prefix);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** What translators write at their first start: nobody doubts that empty topics are empty. */
    TestLog begun() {
        producer.beginTransaction();
        for (int partition = 0; partition < BY_MESH; partition++) {
            send(Topic.RESOURCES, partition, TopicRecords.marker(partition, 0, -1, 0));
        }
        for (int partition = 0; partition < BY_SERVICE; partition++) {
            send(Topic.ASSIGNMENTS, partition, TopicRecords.passed(0, -1));
        }
        producer.commitTransaction();
        return this;
    }

    /** In the partition of the mesh "default", in one transaction. */
    TestLog resources(TopicRecords.Row... rows) {
        return write(Topic.RESOURCES, Partitions.byMesh("default", BY_MESH), rows);
    }

    TestLog assignments(TopicRecords.Row... rows) {
        return write(Topic.ASSIGNMENTS, 0, rows);
    }

    private TestLog write(Topic topic, int partition, TopicRecords.Row... rows) {
        producer.beginTransaction();
        for (TopicRecords.Row row : rows) {
            send(topic, partition, row);
        }
        producer.commitTransaction();
        return this;
    }

    private void send(Topic topic, int partition, TopicRecords.Row row) {
        var _ = producer.send(new ProducerRecord<>(
                topics.name(topic), partition, row.key().getBytes(StandardCharsets.UTF_8), row.value()));
    }

    TestLog fleet(String key, FleetRecord record) {
        byte[] value = record.toByteArray();
        producer.beginTransaction();
        var _ = producer.send(
                new ProducerRecord<>(topics.name(Topic.FLEET), key.getBytes(StandardCharsets.UTF_8), value));
        producer.commitTransaction();
        return this;
    }

    /** What stands on `fleet` now. */
    Map<String, FleetRecord> fleet() {
        Map<String, FleetRecord> fleet = new TreeMap<>();
        LogReader.readTopicsToEnd(
                broker.kafka(),
                List.of(topics.name(Topic.FLEET)),
                record -> {
                    String key = new String(record.key(), StandardCharsets.UTF_8);
                    if (record.value() == null) {
                        fleet.remove(key);
                    } else {
                        fleet.put(key, parse(record.value()));
                    }
                },
                _ -> {});
        return fleet;
    }

    private static FleetRecord parse(byte[] value) {
        try {
            return FleetRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
