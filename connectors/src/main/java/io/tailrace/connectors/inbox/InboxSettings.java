package io.tailrace.connectors.inbox;

import io.tailrace.schemas.topic.Topics;
import java.util.Map;

/**
 * How an inbox connector works.
 *
 * @param kafka how to reach Kafka: {@code bootstrap.servers}, security
 * @param topics the topics' names
 * @param instance tells this instance from the others of its group; a new one each time it starts
 * @param maxBatch records in one transaction, at most; 1 or more
 */
public record InboxSettings(Map<String, Object> kafka, Topics topics, String instance, int maxBatch) {
    public InboxSettings {
        kafka = Map.copyOf(kafka);
    }

    /** With the batch that carries small events fast, and ends well before a transaction's timeout. */
    public static InboxSettings of(Map<String, Object> kafka, Topics topics, String instance) {
        return new InboxSettings(kafka, topics, instance, 1_000);
    }

    String clientId() {
        return topics.inboxGroup() + "-" + instance;
    }
}
