package io.tailrace.connectors.core;

import io.tailrace.schemas.topic.Topics;
import java.util.Map;

/**
 * What a connector needs beside its source.
 *
 * @param kafka how to reach Kafka: {@code bootstrap.servers}, security
 * @param topics the topics' names
 * @param author who stands behind the changes, in the events' {@code author} header
 * @param mayBeEmpty remove everything when the source has nothing; otherwise that is taken for a mistake
 */
public record ConnectorSettings(Map<String, Object> kafka, Topics topics, String author, boolean mayBeEmpty) {
    public ConnectorSettings {
        kafka = Map.copyOf(kafka);
    }
}
