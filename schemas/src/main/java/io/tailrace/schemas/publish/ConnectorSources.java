package io.tailrace.schemas.publish;

import io.tailrace.schemas.topic.KafkaUnreachableException;
import io.tailrace.schemas.topic.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Which sources are connectors: they restore what is their own. One process at a time publishes as such a source, so its
 * publisher has left a mark ({@link Ownership}), which those of commands and of the inbox's users never do.
 */
public final class ConnectorSources implements AutoCloseable {
    private final Admin admin;
    private final Topics topics;

    public ConnectorSources(Map<String, Object> kafka, Topics topics) {
        this.admin = Admin.create(kafka);
        this.topics = topics;
    }

    /** Throws {@link KafkaUnreachableException}. */
    public boolean isConnector(String source) {
        try {
            return !admin.listConsumerGroupOffsets(PublisherConfig.markOf(topics, source))
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .isEmpty();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new KafkaUnreachableException("Kafka: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
