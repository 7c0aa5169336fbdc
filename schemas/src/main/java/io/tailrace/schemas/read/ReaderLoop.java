package io.tailrace.schemas.read;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** The thread of a {@link LogReader}: one reading after the other, for ever. */
final class ReaderLoop implements Runnable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final ReaderConfig config;
    private final Admin admin;
    private final Function<Set<TopicPartition>, ? extends LogFold> fresh;
    private final ReaderStatus status;
    private final EndOffsets endOffsets;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private volatile Map<TopicPartition, Long> positions = Map.of();

    ReaderLoop(
            ReaderConfig config,
            Admin admin,
            Function<Set<TopicPartition>, ? extends LogFold> fresh,
            ReaderStatus status,
            EndOffsets endOffsets) {
        this.config = config;
        this.admin = admin;
        this.fresh = fresh;
        this.status = status;
        this.endOffsets = endOffsets;
    }

    Map<TopicPartition, Long> positions() {
        return positions;
    }

    void close() {
        closed.countDown();
    }

    @Override
    public void run() {
        while (!isClosed()) {
            try {
                oneReading();
            } catch (DoubtException | OffsetOutOfRangeException e) {
                status.doubts(String.valueOf(e.getMessage()));
            } catch (MissingTopicException | KafkaUnreachableException e) {
                status.waiting(String.valueOf(e.getMessage()));
            } catch (InterruptException e) {
                return;
            } catch (KafkaException e) {
                status.waiting("Kafka refuses: " + e.getMessage());
            } catch (Throwable e) { // the fold's own failure, or a defect here: what follows could only be wrong
                status.died(e);
                return;
            } finally {
                endOffsets.end();
            }
            pause();
        }
    }

    private void oneReading() {
        Layout layout = Layout.ask(admin, config.topics()).layout();
        Instant begun = clock().instant();
        LogFold fold = fresh.apply(Set.copyOf(layout.partitions()));
        try (Reading reading =
                Reading.fromStart(Clients.consumer(config.name(), config.kafka()), layout.partitions())) {
            readToEnd(reading, fold, begun);
            if (isClosed()) {
                return;
            }
            fold.caughtUp();
            status.whole(reading.progress());
            backoff.reset();
            endOffsets.begin(layout.partitions(), begun);
            goOn(reading, fold, layout);
        }
    }

    private void readToEnd(Reading reading, LogFold fold, Instant begun) {
        Instant moved = begun;
        do {
            ConsumerRecords<byte[], byte[]> polled = reading.poll(POLL);
            Instant now = clock().instant();
            doubtIfLonger(moved, now);
            if (!polled.isEmpty()) {
                moved = now;
            }
            hand(polled, fold);
            status.reading(reading.progress());
        } while (!reading.atEnd() && !isClosed());
    }

    private void goOn(Reading reading, LogFold fold, Layout layout) {
        Watch watch = new Watch(config, admin, layout, status, endOffsets);
        Map<TopicPartition, Long> before = Map.of();
        while (!isClosed()) {
            Map<TopicPartition, Long> now = reading.positions();
            if (!now.equals(before)) {
                before = now;
                positions = now;
            }
            endOffsets.turn(now);
            ConsumerRecords<byte[], byte[]> polled = reading.poll(POLL);
            watch.turn();
            Instant whole = endOffsets.passedAsOf();
            if (whole != null) {
                doubtIfLonger(whole, clock().instant());
            }
            hand(polled, fold);
        }
    }

    private static void hand(ConsumerRecords<byte[], byte[]> polled, LogFold fold) {
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            fold.record(record);
        }
        fold.batchDone();
    }

    private void doubtIfLonger(Instant whole, Instant now) {
        if (Duration.between(whole, now).compareTo(config.doubtAfter()) > 0) {
            throw new DoubtException("what was in the topics after " + whole + " has not all been read by " + now);
        }
    }

    private InstantSource clock() {
        return config.clock();
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    private void pause() {
        try {
            if (closed.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }
}
