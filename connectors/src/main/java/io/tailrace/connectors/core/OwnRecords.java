package io.tailrace.connectors.core;

import io.tailrace.connectors.core.diff.Holdings;
import io.tailrace.connectors.core.diff.Place;
import io.tailrace.connectors.core.diff.SourceObject;
import io.tailrace.schemas.event.ChangeEvent;
import io.tailrace.schemas.event.Decoded;
import io.tailrace.schemas.event.EventCodec;
import io.tailrace.schemas.kind.InvalidKeyException;
import io.tailrace.schemas.kind.ObjectKey;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.topic.Partitions;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Knows what on the log belongs to a source, at its start and ever after: another source may write over an object at any time.
 * The reader's thread and the connector's meet here.
 */
final class OwnRecords {
    private final Topics topics;
    private final byte[] source;
    private final Runnable learned;

    // Guarded by this. What is being read becomes what counts when it has caught up.
    private Holdings reading = new Holdings();
    private @Nullable Holdings current;
    private int number;

    /** @param learned told, by the reader's thread, when a reading from the start has caught up */
    OwnRecords(Topics topics, String source, Runnable learned) {
        this.topics = topics;
        this.source = source.getBytes(StandardCharsets.UTF_8);
        this.learned = learned;
    }

    /**
     * @param hashes what is ours
     * @param reading tells readings apart: another number than before is another beginning
     */
    record Own(Map<ObjectKey, Long> hashes, int reading) {}

    /** Empty until the first reading has caught up. */
    synchronized Optional<Own> own() {
        return Optional.ofNullable(current).map(holdings -> new Own(holdings.own(), number));
    }

    /**
     * Our own writes were committed.
     *
     * @param hashes of what was written; what is not in it was removed
     */
    synchronized void wrote(Collection<Published> published, Map<ObjectKey, Long> hashes) {
        for (Published one : published) {
            Place place = Place.at(topics.name(one.topic()), one.partition(), one.offset());
            Long hash = hashes.get(one.key());
            wrote(reading, one.key(), place, hash);
            if (current != null && current != reading) {
                wrote(current, one.key(), place, hash);
            }
        }
    }

    /** Takes the next reading from the start. */
    synchronized LogFold fresh(Set<TopicPartition> partitions) {
        Holdings holdings = new Holdings();
        reading = holdings;
        return new Fold(holdings, partitions);
    }

    private static void wrote(Holdings holdings, ObjectKey key, Place place, @Nullable Long hash) {
        if (hash == null) {
            holdings.removed(key, place);
        } else {
            holdings.wrote(key, place, hash);
        }
    }

    private synchronized void caughtUp(Holdings holdings) {
        current = holdings;
        number++;
    }

    private final class Fold implements LogFold {
        private final Holdings holdings;
        private final Map<String, Integer> counts = new HashMap<>();

        Fold(Holdings holdings, Set<TopicPartition> partitions) {
            this.holdings = holdings;
            partitions.forEach(partition -> counts.merge(partition.topic(), 1, Integer::sum));
        }

        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {
            if (record.key() == null) {
                return;
            }
            ObjectKey key;
            try {
                key = ObjectKey.parse(new String(record.key(), StandardCharsets.UTF_8));
            } catch (InvalidKeyException e) {
                return; // nobody's: no reader applies it
            }
            if (!isInPlace(key, record)) {
                return;
            }
            Place place = Place.at(record.topic(), record.partition(), record.offset());
            synchronized (OwnRecords.this) {
                if (record.value() != null && isOurs(record)) {
                    holdings.readOwn(key, place, hash(record));
                } else {
                    holdings.readOther(key, place);
                }
            }
        }

        @Override
        public void caughtUp() {
            OwnRecords.this.caughtUp(holdings);
            learned.run();
        }

        // A record in the wrong topic or partition is never applied, so it takes nothing away from anyone either.
        private boolean isInPlace(ObjectKey key, ConsumerRecord<byte[], byte[]> record) {
            return record.topic().equals(topics.name(Topic.of(key)))
                    && Partitions.of(key, counts.getOrDefault(record.topic(), 1)) == record.partition();
        }

        private boolean isOurs(ConsumerRecord<byte[], byte[]> record) {
            Header header = record.headers().lastHeader(EventCodec.SOURCE);
            return header != null && Arrays.equals(header.value(), source);
        }

        // What can't be read differs from all that the source may want.
        private static long hash(ConsumerRecord<byte[], byte[]> record) {
            return switch (EventCodec.decode(record.key(), record.value(), record.headers())) {
                case Decoded.Good(ChangeEvent event) -> event.object() == null ? 0 : SourceObject.hash(event.object());
                case Decoded.Broken broken -> 0;
            };
        }
    }
}
