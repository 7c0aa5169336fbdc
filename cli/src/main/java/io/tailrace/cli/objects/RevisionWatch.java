package io.tailrace.cli.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Sees how far the translator has come, by the markers on {@code resources}. */
final class RevisionWatch implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final Map<Integer, Long> reached = new HashMap<>();
    private final LogReader reader;

    private RevisionWatch(Map<String, Object> kafka, Topics topics) {
        this.reader = new LogReader(
                ReaderConfig.of("revision-watch", kafka, List.of(topics.name(Topic.RESOURCES))),
                partitions -> new Fold());
    }

    static RevisionWatch start(Map<String, Object> kafka, Topics topics) {
        RevisionWatch watch = new RevisionWatch(kafka, topics);
        watch.reader.start();
        return watch;
    }

    /**
     * Waits until the translator has passed these revisions, by partition of {@code config}.
     *
     * @return false if it has not within {@code timeout}
     */
    boolean await(Map<Integer, Long> revisions, Duration timeout) throws InterruptedException {
        long left = timeout.toNanos();
        lock.lock();
        try {
            while (!revisions.entrySet().stream()
                    .allMatch(wanted -> reached.getOrDefault(wanted.getKey(), -1L) >= wanted.getValue())) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        reader.close();
    }

    /** What a record of {@code resources} says of how far the translator has come; empty if it is no marker. */
    static Map<Integer, Long> revisions(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || !new String(record.key(), UTF_8).equals(RecordKeys.MARKER)) {
            return Map.of();
        }
        Map<Integer, Long> revisions = new HashMap<>();
        try {
            for (Position position :
                    ResourceRecord.parseFrom(record.value()).getMarker().getPositionsList()) {
                if (position.getInput() == Position.Input.CONFIG) {
                    revisions.put(position.getPartition(), position.getOffset());
                }
            }
        } catch (InvalidProtocolBufferException e) {
            // Not written by a translator: it tells nothing.
        }
        return revisions;
    }

    private final class Fold implements LogFold {
        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {
            Map<Integer, Long> revisions = revisions(record);
            if (revisions.isEmpty()) {
                return;
            }
            lock.lock();
            try {
                revisions.forEach((partition, revision) -> reached.merge(partition, revision, Math::max));
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void caughtUp() {
            // Markers that are old tell as much as new ones.
        }
    }
}
