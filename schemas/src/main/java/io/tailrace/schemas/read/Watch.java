package io.tailrace.schemas.read;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.MissingTopicException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka again and again whether the topics that are being read are still the same, and where they end: that keeps
 * the moment up to which all has been read, and shows when Kafka is silent, which a consumer's polls don't. It never waits.
 */
final class Watch {
    private final ReaderConfig config;
    private final Admin admin;
    private final Layout layout;
    private final ReaderStatus status;
    private final EndOffsets endOffsets;
    private Instant next;
    private Layout.@Nullable Question question;
    private CompletableFuture<Map<TopicPartition, Long>> passing = CompletableFuture.completedFuture(Map.of());

    Watch(ReaderConfig config, Admin admin, Layout layout, ReaderStatus status, EndOffsets endOffsets) {
        this.config = config;
        this.admin = admin;
        this.layout = layout;
        this.status = status;
        this.endOffsets = endOffsets;
        this.next = config.clock().instant();
    }

    /** Throws {@link DoubtException} when the topics are not the same any more. */
    void turn() {
        Layout.Question open = question;
        if (open != null && open.isDone()) {
            question = null;
            heard(open);
        }
        Instant now = config.clock().instant();
        if (question == null && !now.isBefore(next)) {
            next = now.plus(config.checkEvery());
            question = Layout.ask(admin, config.topics());
            if (passing.isDone()) {
                passing = endOffsets.pass();
            }
        }
    }

    private void heard(Layout.Question answered) {
        try {
            layout.changedIn(answered.layout()).ifPresent(change -> {
                throw new DoubtException(change);
            });
            status.answers();
        } catch (MissingTopicException e) {
            throw new DoubtException(String.valueOf(e.getMessage()));
        } catch (KafkaUnreachableException e) {
            status.waiting(String.valueOf(e.getMessage()));
        }
    }
}
