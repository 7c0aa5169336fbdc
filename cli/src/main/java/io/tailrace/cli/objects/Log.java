package io.tailrace.cli.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tailrace.cli.options.KafkaFaults;
import io.tailrace.schemas.bytes.LogPosition;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.log.v1.ObjectStatus;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What lies on the log now: the newest event of every object, and what the translator says of it. */
public record Log(Map<String, Object> kafka, Topics topics) {
    /**
     * An object's newest event.
     *
     * @param since the offset of the first of the events in a row that said the same
     * @param source whose it is
     */
    public record Entry(ObjectKey key, Message object, int partition, long offset, long since, String source) {
        public Topic topic() {
            return Topic.of(key);
        }

        /** The revision of what lies on {@code config}, the position of an endpoint or a secret. */
        String position() {
            return LogPosition.ofRecord(topic(), partition, offset).shortText();
        }
    }

    /** The input topics that these objects lie on. */
    static Set<Topic> topics(Collection<ObjectKey> keys) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        keys.forEach(key -> topics.add(Topic.of(key)));
        return topics;
    }

    /** Of the objects on these topics that are there, by key. */
    SortedMap<ObjectKey, Entry> entries(Collection<Topic> inputs) {
        SortedMap<ObjectKey, Entry> entries = new TreeMap<>(Comparator.comparing(ObjectKey::text));
        for (Topic input : inputs) {
            read(input, record -> {
                if (EventCodec.decode(record.key(), record.value(), record.headers()) instanceof Decoded.Good good) {
                    put(entries, good.event(), record);
                }
            });
        }
        return entries;
    }

    private static void put(Map<ObjectKey, Entry> entries, ChangeEvent event, ConsumerRecord<byte[], byte[]> record) {
        Message object = event.object();
        if (object == null) {
            entries.remove(event.key());
            return;
        }
        Entry before = entries.get(event.key());
        long since = before != null && before.object().equals(object) ? before.since() : record.offset();
        String source = event.meta().source();
        entries.put(event.key(), new Entry(event.key(), object, record.partition(), record.offset(), since, source));
    }

    /** How far the translator has come: the newest revision that is in effect, by partition of {@code config}. */
    Map<Integer, Long> passed() {
        Map<Integer, Long> passed = new HashMap<>();
        read(
                Topic.RESOURCES,
                record -> RevisionWatch.revisions(record)
                        .forEach((partition, revision) -> passed.merge(partition, revision, Math::max)));
        return passed;
    }

    /** By the text of the objects' keys. */
    Map<String, ObjectStatus> statuses() {
        Map<String, ObjectStatus> statuses = new HashMap<>();
        read(Topic.STATUS, record -> {
            String key = new String(record.key(), UTF_8);
            if (record.value() == null) {
                statuses.remove(key);
                return;
            }
            try {
                statuses.put(key, ObjectStatus.parseFrom(record.value()));
            } catch (InvalidProtocolBufferException e) {
                statuses.remove(key); // a newer translator's: this command can't tell what it says
            }
        });
        return statuses;
    }

    static String statusKey(ObjectKey key) {
        return RecordKeys.status(key);
    }

    private void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> record) {
        try {
            LogReader.readTopicsToEnd(kafka, List.of(topics.name(topic)), record, progress -> {});
        } catch (KafkaUnreachableException | MissingTopicException e) {
            throw KafkaFaults.unreachable(kafka, e);
        }
    }
}
