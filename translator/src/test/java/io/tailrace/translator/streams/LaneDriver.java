package io.tailrace.translator.streams;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.EncodedEvent;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.event.EventMeta;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One partition of a lane, its topology and all, without a broker. Offsets of each input count from 0. */
final class LaneDriver implements AutoCloseable {
    private static final Topics TOPICS = Topics.DEFAULT;

    private final TopologyTestDriver driver;

    LaneDriver(Lanes lane) {
        this(lane, 1);
    }

    /** @param partitions that the topics say they have; the driver's is the first */
    LaneDriver(Lanes lane, int partitions) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "application.id", "test",
                "bootstrap.servers", "nowhere:1",
                "processing.exception.handler.global.enabled", true));
        driver = new TopologyTestDriver(topology(lane, partitions), properties, Instant.ofEpochMilli(1_000));
    }

    static Topology topology(Lanes lane, int partitions) {
        LaneDefinition definition = lane.definition();
        LaneEnvironment environment = new LaneEnvironment(
                definition,
                TOPICS,
                new FakeLog(TOPICS, partitions),
                new Rereading(),
                new LostInputs(false),
                new LaneMetrics(lane.id(), new SimpleMeterRegistry()));
        return new LaneTopology(definition, TOPICS, () -> new LaneProcessor(environment)).get();
    }

    void put(String yaml) {
        LogClient.objects(yaml).forEach(this::put);
    }

    void put(Message object) {
        send(new ChangeEvent(ObjectKey.of(object), object, new EventMeta("", "test", Instant.EPOCH, "")));
    }

    void delete(String key) {
        send(new ChangeEvent(ObjectKey.parse(key), null, new EventMeta("", "test", Instant.EPOCH, "")));
    }

    void send(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        driver.createInputTopic(TOPICS.name(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, headers, 2_000L));
    }

    void send(Topic topic, String key, byte @Nullable [] value) {
        send(topic, key.getBytes(StandardCharsets.UTF_8), value, new RecordHeaders());
    }

    /** The consumer has handed out what lies up to this offset of the partition. */
    void polled(Topic topic, long last) {
        TopicPartition partition = new TopicPartition(TOPICS.name(topic), 0);
        ConsumerRecord<byte[], byte[]> newest =
                new ConsumerRecord<>(partition.topic(), partition.partition(), last, new byte[0], new byte[0]);
        var _ = new Backlog.Watch().onConsume(new ConsumerRecords<>(Map.of(partition, List.of(newest)), Map.of()));
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** What was written since this was last asked, in order. */
    List<TestRecord<byte[], byte[]>> written(Topic topic) {
        return driver.createOutputTopic(TOPICS.name(topic), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    /** The keys of the same, a tombstone with '-' before. */
    List<String> keys(Topic topic) {
        return written(topic).stream()
                .map(record -> (record.value() == null ? "-" : "") + text(record.key()))
                .toList();
    }

    /** The markers of what was written to resources since this was last asked. */
    List<Marker> resourceMarkers() {
        return written(Topic.RESOURCES).stream()
                .filter(record -> text(record.key()).equals(RecordKeys.MARKER))
                .map(record -> resource(record.value()).getMarker())
                .toList();
    }

    static ResourceRecord resource(byte[] value) {
        try {
            return ResourceRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        driver.close();
    }

    private void send(ChangeEvent event) {
        EncodedEvent encoded = EventCodec.encode(event);
        send(Topic.of(event.key()), encoded.key(), encoded.value(), encoded.headers());
    }
}
