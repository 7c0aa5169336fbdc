package io.tailrace.schemas.read;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers wait until a reading has passed the ends that Kafka gives after they asked. One query serves all who asked
 * before it went out. Callers come from any thread; the reading's thread turns it by {@link #turn}.
 */
final class EndOffsets {
    private record Target(
            Instant asked,
            Map<TopicPartition, Long> ends,
            List<CompletableFuture<Map<TopicPartition, Long>>> waiting) {}

    private final Admin admin;
    private final IsolationLevel isolation;
    private final InstantSource clock;

    // All guarded by this.
    private List<CompletableFuture<Map<TopicPartition, Long>>> unasked = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private Map<TopicPartition, Long> positions = Map.of();
    private Collection<TopicPartition> partitions = List.of();
    private boolean asking;
    private boolean reading;
    private long readingNumber;
    private @Nullable Instant passedAsOf;

    EndOffsets(Admin admin, IsolationLevel isolation, InstantSource clock) {
        this.admin = admin;
        this.isolation = isolation;
        this.clock = clock;
    }

    CompletableFuture<Map<TopicPartition, Long>> pass() {
        CompletableFuture<Map<TopicPartition, Long>> future = new CompletableFuture<>();
        synchronized (this) {
            unasked.add(future);
        }
        ask();
        return future;
    }

    /** A new reading has caught up: offsets of the one before mean nothing in it, so they are asked for again. */
    void begin(Collection<TopicPartition> all, Instant asOf) {
        synchronized (this) {
            end();
            partitions = List.copyOf(all);
            positions = Map.of();
            reading = true;
            passedAsOf = asOf;
        }
        ask();
    }

    /** The reading is in doubt; who waits goes on waiting, for the next one. */
    synchronized void end() {
        reading = false;
        readingNumber++;
        asking = false;
        targets.forEach(target -> unasked.addAll(target.waiting()));
        targets.clear();
    }

    /** After each batch: the reading's positions, whose records were handed over. Asks again where Kafka gave no answer. */
    void turn(Map<TopicPartition, Long> now) {
        synchronized (this) {
            positions = now;
        }
        complete();
        ask();
    }

    /** The newest moment of which it is known that all that was in the topics then has been read. */
    synchronized @Nullable Instant passedAsOf() {
        return passedAsOf;
    }

    private void ask() {
        List<CompletableFuture<Map<TopicPartition, Long>>> waiting;
        Map<TopicPartition, OffsetSpec> query = new HashMap<>();
        long number;
        synchronized (this) {
            unasked.removeIf(CompletableFuture::isDone); // given up by their callers
            if (asking || !reading || unasked.isEmpty()) {
                return;
            }
            asking = true;
            waiting = unasked;
            unasked = new ArrayList<>();
            number = readingNumber;
            partitions.forEach(partition -> query.put(partition, OffsetSpec.latest()));
        }
        Instant asked = clock.instant();
        KafkaFuture<?> unused = admin.listOffsets(query, new ListOffsetsOptions(isolation))
                .all()
                .whenComplete((ends, failure) -> answered(number, asked, ends, waiting));
    }

    private void answered(
            long number,
            Instant asked,
            @Nullable Map<TopicPartition, ListOffsetsResultInfo> ends,
            List<CompletableFuture<Map<TopicPartition, Long>>> waiting) {
        synchronized (this) {
            boolean current = number == readingNumber;
            if (current) {
                asking = false;
            }
            if (!current || ends == null) {
                unasked.addAll(waiting); // the next turn asks again: Kafka's client has waited its time out
            } else {
                Map<TopicPartition, Long> offsets = new HashMap<>();
                ends.forEach((partition, info) -> offsets.put(partition, info.offset()));
                targets.add(new Target(asked, Map.copyOf(offsets), waiting));
            }
        }
        complete();
    }

    private void complete() {
        List<Target> passed = new ArrayList<>();
        synchronized (this) {
            for (Target target : targets) {
                if (Reading.passed(target.ends(), positions)) {
                    passed.add(target);
                    if (passedAsOf == null || target.asked().isAfter(passedAsOf)) {
                        passedAsOf = target.asked();
                    }
                }
            }
            targets.removeAll(passed);
        }
        passed.forEach(target -> target.waiting().forEach(future -> future.complete(target.ends())));
    }
}
