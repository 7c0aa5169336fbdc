package io.tailrace.cli.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tailrace.schemas.log.v1.FleetRecord;
import io.tailrace.schemas.log.v1.Position;
import io.tailrace.schemas.publish.Published;
import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.read.LogReader;
import io.tailrace.schemas.read.ReaderConfig;
import io.tailrace.schemas.topic.RecordKeys;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** How far a gateway's view is, by what it reports of itself: it may be in another process. */
final class GatewayReach implements AutoCloseable {
    private final String key;
    private final LogReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    /** Of the lock. */
    private List<Position> view = List.of();

    private GatewayReach(Map<String, Object> kafka, String gateway) {
        key = RecordKeys.gateway(gateway);
        reader = new LogReader(
                ReaderConfig.of("gateway-reach", kafka, List.of(Topics.DEFAULT.name(Topic.FLEET))), _ -> new Fold());
    }

    static GatewayReach follow(Map<String, Object> kafka, String gateway) {
        GatewayReach reach = new GatewayReach(kafka, gateway);
        reach.reader.start();
        return reach;
    }

    /** Returns true when the gateway's view holds what was published to {@code config}; false: not in that time. */
    boolean await(Published published, Duration limit) throws InterruptedException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!holds(published) && left > 0) {
                left = moved.awaitNanos(left);
            }
            return holds(published);
        } finally {
            lock.unlock();
        }
    }

    private boolean holds(Published published) {
        return view.stream()
                .anyMatch(each -> each.getInput() == Position.Input.CONFIG
                        && each.getPartition() == published.partition()
                        && each.getOffset() >= published.offset());
    }

    @Override
    public void close() {
        reader.close();
    }

    private final class Fold implements LogFold {
        @Override
        public void record(ConsumerRecord<byte[], byte[]> record) {
            if (record.value() == null || !new String(record.key(), UTF_8).equals(key)) {
                return;
            }
            lock.lock();
            try {
                view = FleetRecord.parseFrom(record.value()).getGateway().getViewList();
                moved.signalAll();
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a report of our own gateway", e);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void caughtUp() {}
    }
}
