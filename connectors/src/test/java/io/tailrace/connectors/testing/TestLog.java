package io.tailrace.connectors.testing;

import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.testing.KafkaBroker;
import io.tailrace.schemas.topic.PartitionCounts;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.TopicAdmin;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The topics of one test, under a prefix of their own, on the one broker that the module's tests share. */
public final class TestLog {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final KafkaBroker BROKER = started();

    private final Topics topics = new Topics("test" + NEXT.incrementAndGet() + ".");

    private TestLog() {}

    public static TestLog create() {
        TestLog log = new TestLog();
        try (Admin admin = BROKER.admin()) {
            new TopicAdmin(admin, log.topics).create(new PartitionCounts(2, 3));
        }
        return log;
    }

    public KafkaBroker broker() {
        return BROKER;
    }

    public Map<String, Object> kafka() {
        return BROKER.kafka();
    }

    public Topics topics() {
        return topics;
    }

    public String name(Topic topic) {
        return topics.name(topic);
    }

    /** Everything that is committed, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        LogReader.readTopicsToEnd(kafka(), List.of(name(topic)), records::add, progress -> {});
        return records;
    }

    /** The newest record of each key that isn't deleted. */
    public Map<String, ConsumerRecord<byte[], byte[]>> standing(Topic topic) {
        Map<String, ConsumerRecord<byte[], byte[]>> standing = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic)) {
            String key = text(record.key());
            if (record.value() == null) {
                standing.remove(key);
            } else {
                standing.put(key, record);
            }
        }
        return standing;
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : text(header.value());
    }

    public static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static KafkaBroker started() {
        KafkaBroker broker = KafkaBroker.start();
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        return broker;
    }
}
