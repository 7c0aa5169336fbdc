package io.tailrace.cli.fleet;

import io.tailrace.cli.options.CommandFailedException;
import io.tailrace.cli.options.ExitCode;
import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Follows the topic {@code fleet}. */
final class FleetWatch implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final LogReader reader;

    // Of the lock.
    private @Nullable Fleet fleet;
    private long newestAtNanos;
    private long records;
    private long looked;

    /** Looks at the fleet as it is known, and at the log's time. */
    interface Question<T> {
        T ask(Fleet fleet, long logNowMs);
    }

    private FleetWatch(Map<String, Object> kafka, Topics topics) {
        reader = new LogReader(
                ReaderConfig.of("fleet-watch", kafka, List.of(topics.name(Topic.FLEET))), partitions -> new Fold());
    }

    /** Follows it from its start, all that is there being read. Throws CommandFailedException if it can't be read. */
    static FleetWatch whole(Map<String, Object> kafka, Topics topics) throws InterruptedException {
        FleetWatch watch = new FleetWatch(kafka, topics);
        watch.reader.start();
        if (!watch.awaitWhole()) {
            String reason = watch.reader.notReady().orElse("");
            watch.close();
            throw new CommandFailedException(
                    ExitCode.FAILED,
                    "can't read what gateways report from Kafka at " + kafka.get("bootstrap.servers") + ": " + reason
                            + " (is it running? --bootstrap-servers names another)");
        }
        return watch;
    }

    private boolean awaitWhole() throws InterruptedException {
        long left = PATIENCE.toNanos();
        lock.lock();
        try {
            while (fleet == null && left > 0) {
                left = moved.awaitNanos(left);
            }
            return fleet != null;
        } finally {
            lock.unlock();
        }
    }

    /** The question is short, and keeps nothing of the fleet. */
    <T> T look(Question<T> question) {
        lock.lock();
        try {
            Fleet known = fleet;
            if (known == null) {
                throw new IllegalStateException("the topic isn't read yet");
            }
            looked = records;
            long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - newestAtNanos);
            return question.ask(known, known.newestMs() + since);
        } finally {
            lock.unlock();
        }
    }

    /** Returns when something has come since the last look, or that time has passed. */
    void awaitNews(long nanos) throws InterruptedException {
        long left = nanos;
        lock.lock();
        try {
            while (records == looked && left > 0) {
                left = moved.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Completes when all is known that could be read at the call. */
    CompletableFuture<?> passEndOffsets() {
        return reader.passEndOffsets();
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Fold implements LogFold {
        private final Fleet read = new Fleet();
        private boolean whole;

        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {
            lock.lock();
            try {
                long before = read.newestMs();
                read.record(record, whole);
                if (read.newestMs() > before) {
                    newestAtNanos = System.nanoTime();
                }
                records++;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void caughtUp() {
            lock.lock();
            try {
                whole = true;
                fleet = read;
                moved.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
