package io.tailrace.gateway.tail;

import io.tailrace.schemas.read.LogFold;
import io.tailrace.schemas.topic.Topic;
import io.tailrace.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One reading of the two topics from their start: hands records to the {@link Fold} and what that makes to the tail. */
final class TailFold implements LogFold {
    /** Where a reading's results go. Called on the reader's thread. */
    interface Results {
        /** `first`: it comes of no view that was published before. */
        void fresh(Fresh fresh, boolean first);

        /** Why there is no whole view yet; empty: there is. */
        void unwhole(String reason);

        void waiting(int changes);
    }

    private final String resources;
    private final InstantSource clock;
    private final Results results;
    private final CatchUpWaiters waiters;
    private final Fold fold;
    private boolean caughtUp;
    private boolean published;

    TailFold(
            Set<TopicPartition> partitions,
            Topics topics,
            TailEvents events,
            InstantSource clock,
            Results results,
            CatchUpWaiters waiters) {
        this.resources = topics.name(Topic.RESOURCES);
        this.clock = clock;
        this.results = results;
        this.waiters = waiters;
        int all = partitions.size();
        int byMesh = (int) partitions.stream()
                .filter(partition -> partition.topic().equals(resources))
                .count();
        this.fold = new Fold(byMesh, all - byMesh, events);
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        if (record.topic().equals(resources)) {
            fold.resource(record.partition(), key, record.value(), clock.millis());
        } else {
            fold.assignment(record.partition(), key, record.value());
        }
    }

    @Override
    public void caughtUp() {
        caughtUp = true;
        fold.caughtUp();
        batchDone();
    }

    @Override
    public void batchDone() {
        fold.advance(clock.millis()).ifPresent(fresh -> {
            boolean first = !published;
            published = true;
            results.fresh(fresh, first);
        });
        if (caughtUp && !published) {
            results.unwhole(whyUnwhole());
        }
        results.waiting(fold.waiting());
        waiters.serve(fold);
    }

    private String whyUnwhole() {
        List<String> unknown = fold.unknown();
        return unknown.isEmpty()
                ? "load assignments or secrets that are referred to are missing"
                : "no translator has ever written to "
                        + unknown.stream().limit(8).collect(Collectors.joining(", "))
                        + (unknown.size() > 8 ? " and " + (unknown.size() - 8) + " more" : "");
    }
}
