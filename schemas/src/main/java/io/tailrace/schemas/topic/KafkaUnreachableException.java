package io.tailrace.schemas.topic;

import java.util.Set;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Kafka gave no answer, or none that can be used: what was asked may be tried again. */
public final class KafkaUnreachableException extends RuntimeException {
    private final boolean denied;

    public KafkaUnreachableException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private KafkaUnreachableException(String message, Throwable cause, boolean denied) {
        super(message, cause);
        this.denied = denied;
    }

    /** Says what is denied, or else that Kafka gives no answer. {@code wanted}: as {@link Denial#text} takes it. */
    public static KafkaUnreachableException of(Throwable cause, String wanted) {
        return Denial.text(cause, wanted)
                .map(denial -> new KafkaUnreachableException(denial, cause, true))
                .orElseGet(() -> new KafkaUnreachableException("Kafka gives no answer: " + cause.getMessage(), cause));
    }

    /** Like {@link #of(Throwable, String)}, for a question about one topic, which Kafka's answer may leave out. */
    public static KafkaUnreachableException of(Throwable cause, String wanted, String topic) {
        return of(
                cause instanceof TopicAuthorizationException ? new TopicAuthorizationException(Set.of(topic)) : cause,
                wanted);
    }

    /** Kafka runs, but doesn't let this process do that. */
    public boolean isDenied() {
        return denied;
    }
}
