package io.tailrace.schemas.publish;

import io.tailrace.schemas.topic.Topics;
import java.util.Map;
import java.util.UUID;

/**
 * Who publishes where.
 *
 * @param kafka settings of Kafka clients, {@code bootstrap.servers} at least
 * @param source the owner of what is published ({@code ce_source})
 * @param author the person or tool behind it; empty: none
 * @param reason why it is published; empty: not said
 * @param writer a later publisher of the same name fences this one
 * @param shared the writer's name may be taken by another process; false: it is this one's alone
 */
public record PublisherConfig(
        Map<String, Object> kafka,
        Topics topics,
        String source,
        String author,
        String reason,
        String writer,
        boolean shared) {
    public PublisherConfig {
        kafka = Map.copyOf(kafka);
        if (source.isBlank()) {
            throw new IllegalArgumentException("source: found nothing, expected a name");
        }
    }

    /** For a connector: one process at a time publishes as this source, and a second one fences the first. */
    public static PublisherConfig ofSource(Map<String, Object> kafka, Topics topics, String source) {
        return new PublisherConfig(kafka, topics, source, "", "", source, true);
    }

    /** For a command: any number of them publish as the same source at the same time. */
    public static PublisherConfig ofCommand(Map<String, Object> kafka, Topics topics, String source) {
        return new PublisherConfig(kafka, topics, source, "", "", source + "." + UUID.randomUUID(), false);
    }

    public PublisherConfig withAuthor(String name) {
        return new PublisherConfig(kafka, topics, source, name, reason, writer, shared);
    }

    public PublisherConfig withReason(String why) {
        return new PublisherConfig(kafka, topics, source, author, why, writer, shared);
    }

    /** The consumer group whose committed offset is the mark of the writers of this name. */
    static String markOf(Topics topics, String writer) {
        return topics.prefix() + writer + ".writer";
    }
}
