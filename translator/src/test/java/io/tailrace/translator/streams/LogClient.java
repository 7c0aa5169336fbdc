package io.tailrace.translator.streams;

import com.google.protobuf.Message;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.EncodedEvent;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.manifest.Manifests;
import io.tailrace.schemas.manifest.ParsedFile;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes events straight to the inputs, right or wrong, and reads what stands on the outputs. */
final class LogClient implements AutoCloseable {
    private final Map<String, Object> kafka;
    private final Topics topics;
    private final KafkaProducer<byte[], byte[]> producer;

    LogClient(Map<String, Object> kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
        producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The valid objects of a YAML text. */
    static List<Message> objects(String yaml) {
        ParsedFile file = Manifests.parse("test.yaml", yaml);
        if (!file.problems().isEmpty()) {
            throw new IllegalArgumentException(file.problems().toString());
        }
        return file.objects().stream().map(object -> object.object()).toList();
    }

    RecordMetadata put(Message object) {
        return send(new ChangeEvent(ObjectKey.of(object), object, meta()));
    }

    void put(String yaml) {
        objects(yaml).forEach(this::put);
    }

    RecordMetadata delete(ObjectKey key) {
        return send(new ChangeEvent(key, null, meta()));
    }

    RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int partitions(Topic topic) {
        return producer.partitionsFor(topics.name(topic)).size();
    }

    private RecordMetadata send(ChangeEvent event) {
        EncodedEvent encoded = EventCodec.encode(event);
        Topic topic = Topic.of(event.key());
        int partition = Partitions.of(event.key(), partitions(topic));
        return send(new ProducerRecord<>(
                topics.name(topic), partition, null, encoded.key(), encoded.value(), encoded.headers()));
    }

    /** Every committed record, oldest first in its partition. */
    List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        List<TopicPartition> partitions = producer.partitionsFor(topics.name(topic)).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        LogReader.readToEnd(kafka, partitions, records::add);
        return records;
    }

    /** What stands, by partition and key, so that markers stand beside each other. */
    SortedMap<String, byte[]> standing(Topic topic) {
        SortedMap<String, byte[]> standing = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            String key = record.partition() + " " + new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                standing.remove(key);
            } else {
                standing.put(key, record.value());
            }
        }
        return standing;
    }

    @Override
    public void close() {
        producer.close();
    }

    private static EventMeta meta() {
        return new EventMeta("", "test", Instant.EPOCH, "");
    }
}
