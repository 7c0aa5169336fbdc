package io.tailrace.bench.pipeline;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.bench.process.BenchFailedException;
import io.tailrace.schemas.log.v1.Assignment;
import io.tailrace.schemas.log.v1.AssignmentRecord;
import io.tailrace.schemas.log.v1.Cause;
import io.tailrace.schemas.log.v1.Marker;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.log.v1.ResourceRecord;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads all that the translator writes, as a gateway does, and counts it. Its marks say how far the translator has come.
 */
public final class Outputs implements LogFold, AutoCloseable {
    private static final int SECONDS_TO_PASS = 300;
    private static final byte[] MARKER = RecordKeys.MARKER.getBytes(StandardCharsets.UTF_8);

    private final LogReader reader;
    private final String assignments;

    /** Guarded by this object, as all else that changes. */
    private final Map<Place, Long> passed = new HashMap<>();

    private Written written = Written.NOTHING;

    /** A partition of an input. */
    private record Place(Topic input, int partition) {}

    /**
     * What was written so far, but for bare markers.
     *
     * @param records that are no markers, and markers of changes
     * @param bytes of keys and values, all markers' too
     * @param assignmentBytes of load assignments alone
     * @param causeBytes of the events that made load assignments what they are
     */
    public record Written(long records, long bytes, long assignmentBytes, long causeBytes) {
        static final Written NOTHING = new Written(0, 0, 0, 0);

        public Written minus(Written before) {
            return new Written(
                    records - before.records,
                    bytes - before.bytes,
                    assignmentBytes - before.assignmentBytes,
                    causeBytes - before.causeBytes);
        }
    }

    public Outputs(Map<String, Object> kafka, Topics topics) {
        assignments = topics.name(Topic.ASSIGNMENTS);
        reader = new LogReader(
                ReaderConfig.of("bench-outputs", kafka, List.of(assignments, topics.name(Topic.RESOURCES))),
                _ -> anew());
        reader.start();
    }

    private synchronized Outputs anew() {
        passed.clear();
        written = Written.NOTHING;
        return this;
    }

    @Override
    public synchronized void record(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        long bytes = (long) record.key().length + (value == null ? 0 : value.length);
        boolean marker = Arrays.equals(record.key(), MARKER);
        Assignment assignment = record.topic().equals(assignments) ? Assignments.of(value) : null;
        boolean counts = !marker;
        if (marker && value != null) {
            counts = record.topic().equals(assignments) ? assigned(record.partition(), value) : changed(value);
        }
        written = new Written(
                written.records + (counts ? 1 : 0),
                written.bytes + bytes,
                written.assignmentBytes
                        + (assignment == null ? 0 : assignment.getResource().size()),
                written.causeBytes + (assignment == null ? 0 : causes(assignment)));
        notifyAll();
    }

    private static long causes(Assignment assignment) {
        return assignment.getCausesList().stream()
                .mapToLong(Cause::getSerializedSize)
                .sum();
    }

    /** On `assignments` nothing tells the marker of a change from a bare one: it isn't counted. */
    private boolean assigned(int partition, byte[] value) {
        try {
            long offset = AssignmentRecord.parseFrom(value).getMarker().getEndpointsOffset();
            passed.put(new Place(Topic.ENDPOINTS, partition), offset);
            return false;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an unreadable marker", e);
        }
    }

    private boolean changed(byte[] value) {
        try {
            Marker marker = ResourceRecord.parseFrom(value).getMarker();
            for (Position position : marker.getPositionsList()) {
                if (position.getInput() == Position.Input.CONFIG) {
                    passed.put(new Place(Topic.CONFIG, position.getPartition()), position.getOffset());
                }
            }
            return marker.getMeshesCount() > 0;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an unreadable marker", e);
        }
    }

    @Override
    public void caughtUp() {}

    public synchronized Written written() {
        return written;
    }

    /** Returns when the translator has passed all of these, and what it wrote for them was read. */
    public synchronized void awaitPassed(Collection<Published> events) throws InterruptedException {
        Map<Place, Long> wanted = new HashMap<>();
        events.forEach(event -> wanted.merge(new Place(event.topic(), event.partition()), event.offset(), Math::max));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_PASS);
        while (!wanted.entrySet().stream().allMatch(one -> passed.getOrDefault(one.getKey(), -1L) >= one.getValue())) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new BenchFailedException(
                        "the translator hasn't passed all events within " + SECONDS_TO_PASS + " s");
            }
            wait(left);
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
